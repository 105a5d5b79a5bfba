package dev.rainmaker.app.web;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rainmaker.app.access.AccessConfiguration;
import dev.rainmaker.app.ledger.FactJson;
import dev.rainmaker.app.runtime.Rainmaker;
import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.context.PropertyPlaceholderAutoConfiguration;
import org.springframework.boot.autoconfigure.http.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.autoconfigure.security.servlet.SecurityAutoConfiguration;
import org.springframework.boot.autoconfigure.security.servlet.SecurityFilterAutoConfiguration;
import org.springframework.boot.autoconfigure.thymeleaf.ThymeleafAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.DispatcherServletAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.HttpEncodingAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.ServletWebServerFactoryAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.WebMvcAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.error.ErrorMvcAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.servlet.config.annotation.ViewControllerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** What of Spring Boot is used, named one by one: nothing else on the class path switches itself on. */
@Configuration
@ComponentScan
@Import(AccessConfiguration.class)
@ImportAutoConfiguration({
    PropertyPlaceholderAutoConfiguration.class,
    ServletWebServerFactoryAutoConfiguration.class,
    DispatcherServletAutoConfiguration.class,
    HttpEncodingAutoConfiguration.class,
    WebMvcAutoConfiguration.class,
    HttpMessageConvertersAutoConfiguration.class,
    ErrorMvcAutoConfiguration.class,
    ThymeleafAutoConfiguration.class,
    SecurityAutoConfiguration.class,
    SecurityFilterAutoConfiguration.class
})
class WebConfiguration implements WebMvcConfigurer {

    /** REST speaks the ledger's JSON: ISO instants, exact decimals. */
    @Bean
    ObjectMapper objectMapper() {
        return FactJson.MAPPER;
    }

    /** The ledger's own pool; whoever opened it closes it. */
    @Bean(destroyMethod = "")
    DataSource dataSource(Rainmaker rainmaker) {
        return rainmaker.ledger().dataSource();
    }

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    /** Pages that are not ours (the login form) ask for the icon at its old address. */
    @Override
    public void addViewControllers(ViewControllerRegistry views) {
        views.addRedirectViewController("/favicon.ico", "/favicon.svg");
    }
}
