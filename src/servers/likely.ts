import type { Header } from "../model.ts";
import { serverSoftware } from "../server-software.ts";

/** Which recipe is for the software that a response shows: the names of server-software.ts, and the ids of recipes.ts. */
export const RECIPE_OF: Readonly<Record<string, string>> = {
  "Amazon API Gateway": "aws-api-gateway-http",
  "Amazon CloudFront": "cloudfront",
  "Amazon S3": "aws-s3",
  "Apache Tomcat": "spring-mvc",
  "Apache httpd": "apache-httpd",
  "ASP.NET": "aspnet-core",
  "ASP.NET Core (Kestrel)": "aspnet-core",
  "AWS Lambda": "aws-lambda-url",
  Caddy: "caddy",
  Cloudflare: "cloudflare-workers",
  Envoy: "envoy",
  Express: "express",
  "Google Cloud Storage": "google-cloud-storage",
  HAProxy: "haproxy",
  IIS: "iis",
  Jetty: "spring-mvc",
  // It reads Apache's configuration. https://docs.openlitespeed.org/config/rewriterules/
  LiteSpeed: "apache-httpd",
  Netlify: "netlify",
  "Next.js": "nextjs",
  OpenResty: "nginx",
  PHP: "laravel",
  "Ruby on Rails": "rails",
  Supabase: "supabase-edge",
  "Supabase Edge Functions": "supabase-edge",
  Traefik: "traefik",
  Vercel: "vercel",
  "a Python ASGI server": "fastapi",
  "a Python WSGI server": "django",
  "a Ruby server": "rails",
  nginx: "nginx",
};

/** The id of the recipe for the server that most likely answered, by what its response shows; null when it shows nothing. */
export function likelyRecipe(headers: readonly Header[]): string | null {
  for (const { name, header } of serverSoftware(headers)) {
    // Only REST APIs have this field: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-api-integration-types.html
    if (header === "x-amz-apigw-id") return "aws-api-gateway-rest";
    const recipe = RECIPE_OF[name];
    if (recipe !== undefined) return recipe;
  }
  return null;
}
