import { mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { springMvc } from "../../src/servers/spring-mvc.ts";
import type { RecipeRun } from "./recipe-run.ts";
import { runSpring, serverSource, SPRING_PACKAGES } from "./spring-program.ts";

/** Spring 4.3, which is what Debian has, but the interface that the text implements has its methods by default, as it has since Spring 5. */
export const springMvcRun: RecipeRun = {
  recipe: springMvc,
  debian: SPRING_PACKAGES,
  start: async ({ folder, port, policy, text }) => {
    mkdirSync(join(folder, dirname(CONFIGURER)), { recursive: true });
    return runSpring(folder, {
      "Server.java": serverSource({ folder, port, path: policy.path, cors: text === null ? "" : "new CorsConfig().addCorsMappings(this);" }),
      ...(text === null ? {} : { [CONFIGURER]: CONFIGURER_SOURCE, "CorsConfig.java": text }),
    });
  },
};

const CONFIGURER = "org/springframework/web/servlet/config/annotation/WebMvcConfigurer.java";

const CONFIGURER_SOURCE = `package org.springframework.web.servlet.config.annotation;

public interface WebMvcConfigurer {
    default void addCorsMappings(CorsRegistry registry) {}
}
`;
