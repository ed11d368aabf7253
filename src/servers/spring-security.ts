import type { Policy, Recipe } from "./recipe.ts";
import { trunk } from "./writing/path.ts";

/**
 * Spring Security 6.2 and later, 7: one bean of this very class is enough, its CorsFilter stands before authentication;
 * before 6.2 `http.cors(withDefaults())` looks for a bean of this name
 * (https://docs.spring.io/spring-security/reference/servlet/integrations/cors.html,
 * https://github.com/spring-projects/spring-security/issues/5011, https://github.com/spring-projects/spring-security/issues/15769).
 * A CorsConfiguration allows nothing that isn't set
 * (https://docs.spring.io/spring-framework/docs/current/javadoc-api/org/springframework/web/cors/CorsConfiguration.html).
 */
export const springSecurity: Recipe = {
  id: "spring-security",
  name: "Spring Security",
  kind: "framework",
  write: (policy) => ({ file: "CorsConfig.java", text: text(policy) }),
};

function text({ origin, credentials, methods, headers, path }: Policy): string {
  const calls = [
    `addAllowedOrigin("${origin}")`,
    ...methods.map((method) => `addAllowedMethod("${method}")`),
    ...headers.map((name) => `addAllowedHeader("${name}")`),
    ...(credentials ? ["setAllowCredentials(true)"] : []),
  ];
  return `import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.UrlBasedCorsConfigurationSource;

@Configuration
public class CorsConfig {
    @Bean
    public UrlBasedCorsConfigurationSource corsConfigurationSource() {
        CorsConfiguration configuration = new CorsConfiguration();
${calls.map((call) => `        configuration.${call};\n`).join("")}        UrlBasedCorsConfigurationSource source = new UrlBasedCorsConfigurationSource();
        source.registerCorsConfiguration("${trunk(path)}/**", configuration);
        return source;
    }
}
`;
}
