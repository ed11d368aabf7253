import type { Policy, Recipe } from "./recipe.ts";
import { quotedAll } from "./writing/literals.ts";
import { trunk } from "./writing/path.ts";

/**
 * Spring Framework 6 and 7. Headers are allowed all unless they are listed, an empty list allows none, methods are GET,
 * HEAD and POST unless listed (https://docs.spring.io/spring-framework/docs/current/javadoc-api/org/springframework/web/servlet/config/annotation/CorsRegistration.html);
 * `/**` matches the path itself too (https://docs.spring.io/spring-framework/docs/current/javadoc-api/org/springframework/web/util/pattern/PathPattern.html);
 * preflights are answered before the handler, `Vary` is added, and nothing where the response already has an
 * `Access-Control-Allow-Origin` (https://docs.spring.io/spring-framework/reference/web/webmvc-cors.html, DefaultCorsProcessor).
 */
export const springMvc: Recipe = {
  id: "spring-mvc",
  name: "Spring MVC",
  kind: "framework",
  write: (policy) => ({ file: "CorsConfig.java", text: text(policy) }),
};

function text({ origin, credentials, methods, headers, path }: Policy): string {
  return `import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.config.annotation.CorsRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

@Configuration
public class CorsConfig implements WebMvcConfigurer {
    @Override
    public void addCorsMappings(CorsRegistry registry) {
        registry.addMapping("${trunk(path)}/**")
            .allowedOrigins("${origin}")
            .allowedMethods(${quotedAll(methods)})
            .allowedHeaders(${quotedAll(headers)})${credentials ? "\n            .allowCredentials(true)" : ""};
    }
}
`;
}
