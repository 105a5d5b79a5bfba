package dev.rainmaker.sandbox.moodle;

import dev.rainmaker.sandbox.profile.Profile;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/** What all functions need to know of the site: its address, and what the caller of the web service may do. */
final class SiteFacts {

    private static final long REVISION = 1_795_318_012L;

    private final Supplier<Profile> profile;
    private volatile String url = "";

    SiteFacts(Supplier<Profile> profile) {
        this.profile = profile;
    }

    void servedAt(String address) {
        url = address;
    }

    String url() {
        return url;
    }

    boolean may(String capability) {
        return capability.isEmpty() || !listed("without-capabilities").contains(capability);
    }

    boolean offers(String function) {
        return !listed("without-functions").contains(function);
    }

    private List<String> listed(String key) {
        return Arrays.asList(profile.get().text(key).split("[ ,]+"));
    }

    String release() {
        return profile.get().text("release");
    }

    String picture(String size) {
        return url + "/theme/image.php/boost/core/" + REVISION + "/u/" + size;
    }

    String icon(String module) {
        return url + "/theme/image.php/boost/" + module + "/" + REVISION + "/monologo?filtericon=1";
    }

    String image(long course) {
        return url + "/pluginfile.php/" + (9 + course) + "/course/generated/course.svg";
    }
}
