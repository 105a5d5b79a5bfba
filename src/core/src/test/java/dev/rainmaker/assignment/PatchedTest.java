package dev.rainmaker.assignment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class PatchedTest {

    @Property(tries = 200)
    void everySuccessorHoldsWhatAnOrdinaryMapWouldHoldAndItsPredecessorsStayAsTheyWere(
            @ForAll @Size(max = 400) Map<@IntRange(max = 600) Integer, Integer> start,
            @ForAll @Size(max = 120) List<@IntRange(max = 600) Integer> keys) {
        Map<Integer, Integer> ordinary = new HashMap<>(start);
        Patched<Integer, Integer> patched = Patched.copyOf(start);
        List<Patched<Integer, Integer>> all = new ArrayList<>();
        List<Map<Integer, Integer>> expected = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            all.add(patched);
            expected.add(Map.copyOf(ordinary));
            ordinary.put(keys.get(i), i);
            patched = patched.with(Map.of(keys.get(i), i));
            assertThat(patched.get(keys.get(i))).isEqualTo(i);
        }
        all.add(patched);
        expected.add(ordinary);
        for (int i = 0; i < all.size(); i++) {
            assertThat(all.get(i))
                    .isEqualTo(expected.get(i))
                    .hasSize(expected.get(i).size());
            assertThat(all.get(i).hashCode()).isEqualTo(expected.get(i).hashCode());
        }
        assertThat(patched.containsKey(601)).isFalse();
        assertThat(patched.get(601)).isNull();
    }
}
