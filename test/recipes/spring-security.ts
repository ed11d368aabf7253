import { springSecurity } from "../../src/servers/spring-security.ts";
import type { RecipeRun } from "./recipe-run.ts";
import { runSpring, serverSource, SPRING_PACKAGES } from "./spring-program.ts";

/**
 * Debian has no Spring Security: this is the filter that it makes of the bean, Spring's CorsFilter, before one that
 * turns away what a preflight is.
 */
export const springSecurityRun: RecipeRun = {
  recipe: springSecurity,
  debian: SPRING_PACKAGES,
  start: async ({ folder, port, policy, text }) => {
    const cors = text === null ? "" : `        filter(context, "cors", new CorsFilter(new CorsConfig().corsConfigurationSource()));\n`;
    return runSpring(folder, {
      "Server.java": serverSource({ folder, port, path: policy.path, filters: cors + AUTHENTICATION }),
      ...(text === null ? {} : { "CorsConfig.java": text }),
    });
  },
};

const AUTHENTICATION = `        filter(context, "authentication", new OncePerRequestFilter() {
            @Override
            protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain) throws ServletException, java.io.IOException {
                if (request.getMethod().equals("OPTIONS")) response.sendError(401);
                else chain.doFilter(request, response);
            }
        });
`;
