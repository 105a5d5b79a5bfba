package dev.rainmaker.app.access;

import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.AnonymousAuthenticationFilter;
import org.springframework.security.web.authentication.LoginUrlAuthenticationEntryPoint;
import org.springframework.security.web.header.HeaderWriterFilter;
import org.springframework.security.web.header.writers.CrossOriginOpenerPolicyHeaderWriter.CrossOriginOpenerPolicy;
import org.springframework.security.web.header.writers.CrossOriginResourcePolicyHeaderWriter.CrossOriginResourcePolicy;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;

/**
 * The web application's doors. {@code /api} knows its callers by token; the console by login, except in the demo (property
 * {@code rainmaker.demo}), where it is open on the machine itself. Of the actuator only health is open.
 */
@Configuration(proxyBeanMethods = false)
@EnableWebSecurity
public class AccessConfiguration {
    private static final String[] OF_PARTNERS = {
        "/api/plv/**", "/api/assignments/**", "/api/deal-registrations/**", "/api/locks/**", "/api/revenue"
    };
    private static final String[] OF_EVERYBODY = {
        "/actuator/health", "/actuator/health/**", "/assets/**", "/webjars/**", "/favicon.ico", "/favicon.svg", "/error"
    };

    @Bean
    ApiTokens apiTokens(DataSource dataSource, Clock clock) {
        return new ApiTokens(dataSource, clock);
    }

    @Bean
    ConsoleUsers consoleUsers(DataSource dataSource, Clock clock) {
        return new ConsoleUsers(dataSource, clock);
    }

    @Bean
    @Order(1)
    SecurityFilterChain apiDoor(HttpSecurity http, ApiTokens tokens) throws Exception {
        return http.securityMatcher("/api/**")
                .csrf(AbstractHttpConfigurer::disable)
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .addFilterBefore(new BearerFilter(tokens), AnonymousAuthenticationFilter.class)
                .exceptionHandling(refusal -> refusal.authenticationEntryPoint(
                                (request, response, why) -> AccessProblem.NO_TOKEN.write(response))
                        .accessDeniedHandler((request, response, why) -> AccessProblem.NOT_ALLOWED.write(response)))
                .authorizeHttpRequests(requests -> requests.requestMatchers(HttpMethod.POST, "/api/intake/*/webhook")
                        .permitAll() // known by the vendor's signature, which the connector checks
                        .requestMatchers("/api/tokens/**", "/api/users/**")
                        .hasRole(Role.ADMIN.name())
                        .requestMatchers(HttpMethod.GET, OF_PARTNERS)
                        .hasAnyRole(Role.VIEWER.name(), Role.PARTNER.name())
                        .requestMatchers(HttpMethod.POST, "/api/assignments/*/*/*")
                        .hasAnyRole(Role.OPERATOR.name(), Role.PARTNER.name())
                        .requestMatchers(HttpMethod.POST, "/api/deal-registrations")
                        .hasAnyRole(Role.OPERATOR.name(), Role.PARTNER.name())
                        .requestMatchers(HttpMethod.GET, "/api/**")
                        .hasRole(Role.VIEWER.name())
                        .requestMatchers("/api/policies/**")
                        .hasRole(Role.ADMIN.name())
                        .anyRequest()
                        .hasRole(Role.OPERATOR.name()))
                .build();
    }

    @Bean
    @Order(2)
    SecurityFilterChain consoleDoor(
            HttpSecurity http, ConsoleUsers users, @Value("${rainmaker.demo:false}") boolean demo) throws Exception {
        http.addFilterBefore(new ContentPolicy(), HeaderWriterFilter.class)
                .headers(headers -> headers.referrerPolicy(policy -> policy.policy(ReferrerPolicy.SAME_ORIGIN))
                        .crossOriginOpenerPolicy(policy -> policy.policy(CrossOriginOpenerPolicy.SAME_ORIGIN))
                        .crossOriginResourcePolicy(policy -> policy.policy(CrossOriginResourcePolicy.SAME_ORIGIN))
                        .permissionsPolicyHeader(policy -> policy.policy("camera=(), microphone=(), geolocation=()")))
                .authorizeHttpRequests(requests -> requests.requestMatchers(OF_EVERYBODY)
                        .permitAll()
                        .requestMatchers("/actuator/**")
                        .denyAll()
                        .requestMatchers("/admin/**")
                        .hasRole(Role.ADMIN.name())
                        .requestMatchers(HttpMethod.GET, "/**")
                        .hasRole(Role.VIEWER.name())
                        .requestMatchers(HttpMethod.HEAD, "/**")
                        .hasRole(Role.VIEWER.name())
                        .anyRequest()
                        .hasRole(Role.OPERATOR.name()));
        if (demo) {
            return http.addFilterBefore(new DemoFilter(), AnonymousAuthenticationFilter.class)
                    .sessionManagement(session -> session.sessionFixation().none())
                    .build();
        }
        return http.authenticationProvider(new ConsoleLogin(users))
                .formLogin(form -> form.defaultSuccessUrl("/").permitAll())
                .logout(logout -> logout.logoutSuccessUrl("/login?logout").permitAll())
                .exceptionHandling(refusal -> refusal.defaultAuthenticationEntryPointFor(
                                new LoginUrlAuthenticationEntryPoint("/login"),
                                request -> request.getHeader("HX-Request") == null)
                        .defaultAuthenticationEntryPointFor(
                                (request, response, why) -> sendPageToLogin(response),
                                request -> request.getHeader("HX-Request") != null))
                .build();
    }

    /** A fragment asked for by htmx is not replaced by the login form: the whole page is told to go there. */
    private static void sendPageToLogin(HttpServletResponse response) {
        response.setHeader("HX-Redirect", "/login");
        response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
    }
}
