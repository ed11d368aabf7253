import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

/** Spring Framework 4.3 on Tomcat 9. */
export const SPRING_PACKAGES = ["libspring-web-servlet-java", "libspring-context-java", "libtomcat9-java", "default-jdk-headless"];

const JARS = [
  ...["core", "beans", "aop", "context", "expression", "web", "web.servlet"].map((name) => `spring3-${name}`),
  ...["catalina", "coyote", "util", "util-scan", "juli", "api", "annotations-api", "servlet-api", "jni", "jaspic-api", "el-api", "jsp-api"].map((name) => `tomcat9-${name}`),
  "commons-logging",
].map((name) => `/usr/share/java/${name}.jar`);

/**
 * Compiles a program against Debian's jars and runs its class `Server`.
 * @throws if it can't be compiled
 */
export function runSpring(folder: string, files: Readonly<Record<string, string>>): ChildProcess {
  for (const [name, source] of Object.entries(files)) writeFileSync(join(folder, name), source);
  const path = [folder, ...JARS].join(":");
  // Spring 4.3 reads class files of no later release.
  const { status, stderr } = spawnSync("javac", ["--release", "8", "-proc:none", "-cp", path, "-d", folder, ...Object.keys(files)], { cwd: folder, encoding: "utf8" });
  if (status !== 0) throw new Error(`javac: ${stderr}`);
  return spawn("java", ["-cp", path, "Server"], { cwd: folder, stdio: ["ignore", "pipe", "pipe"] });
}

/**
 * A class `Server` with a controller that answers as a run has to.
 * Debian's build of Spring can't subclass a class with `@Configuration`, which `@EnableWebMvc` is: what that does of it with
 * mappings is done here.
 * @param cors statements that tell `this`, a CorsRegistry
 * @param filters statements that put filters before it
 */
export function serverSource({ folder, port, path, cors = "", filters = "" }: { folder: string; port: number; path: string; cors?: string; filters?: string }): string {
  return `import java.util.Map;
import javax.servlet.*;
import javax.servlet.http.*;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.*;
import org.springframework.context.annotation.Bean;
import org.springframework.web.bind.annotation.*;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.context.support.AnnotationConfigWebApplicationContext;
import org.springframework.web.filter.*;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.config.annotation.*;
import org.springframework.web.servlet.mvc.HttpRequestHandlerAdapter;
import org.springframework.web.servlet.mvc.method.annotation.*;

public class Server {
    @RestController
    public static class Items {
        @RequestMapping(path = "${path}", method = {RequestMethod.GET, RequestMethod.PUT, RequestMethod.POST}, produces = "application/json")
        public String answer() {
            return "{\\"ok\\":true}";
        }
    }

    public static class Mappings {
        @Bean
        public RequestMappingHandlerMapping handlerMapping() {
            RequestMappingHandlerMapping mapping = new RequestMappingHandlerMapping();
            mapping.setCorsConfigurations(new CorsRegistry() {
                Map<String, CorsConfiguration> configurations() {
                    ${cors}
                    return getCorsConfigurations();
                }
            }.configurations());
            return mapping;
        }

        @Bean
        public RequestMappingHandlerAdapter handlerAdapter() {
            return new RequestMappingHandlerAdapter();
        }

        @Bean
        public HttpRequestHandlerAdapter preflightAdapter() {
            return new HttpRequestHandlerAdapter();
        }
    }

    static void filter(Context context, String name, Filter filter) {
        FilterDef definition = new FilterDef();
        definition.setFilterName(name);
        definition.setFilter(filter);
        context.addFilterDef(definition);
        FilterMap map = new FilterMap();
        map.setFilterName(name);
        map.addURLPattern("/*");
        context.addFilterMap(map);
    }

    public static void main(String[] arguments) throws Exception {
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir("${folder}");
        tomcat.setPort(${port});
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        Context context = tomcat.addContext("", "${folder}");
${filters}        AnnotationConfigWebApplicationContext spring = new AnnotationConfigWebApplicationContext();
        spring.register(Items.class, Mappings.class);
        Tomcat.addServlet(context, "spring", new DispatcherServlet(spring));
        context.addServletMappingDecoded("/", "spring");
        tomcat.start();
        tomcat.getServer().await();
    }
}
`;
}
