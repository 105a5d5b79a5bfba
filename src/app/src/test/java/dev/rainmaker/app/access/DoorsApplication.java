package dev.rainmaker.app.access;

import dev.rainmaker.app.postgres.TestPostgres;
import java.time.Clock;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** A web application that has doors and, behind every one of them, says who came through. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({AccessConfiguration.class, DoorsApplication.Echo.class})
class DoorsApplication {

    static ConfigurableApplicationContext start(boolean demo) {
        return new SpringApplicationBuilder(DoorsApplication.class)
                .web(WebApplicationType.SERVLET)
                .properties(Map.of(
                        "server.port", "0",
                        "rainmaker.demo", Boolean.toString(demo),
                        "spring.flyway.enabled", "false",
                        "spring.main.banner-mode", "off",
                        "management.endpoints.web.exposure.include", "*"))
                .run();
    }

    @Bean
    DataSource dataSource() {
        return TestPostgres.migrated().dataSource();
    }

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    @RestController
    static class Echo {
        @RequestMapping({"/", "/page", "/admin/users", "/api/**"})
        String who() {
            Caller caller = Caller.current();
            return caller.name() + " " + caller.role().word();
        }
    }
}
