import { get } from "./fetch/headers.ts";
import type { Header } from "./model.ts";

/** What a response shows of the software that made it. */
export interface ServerSoftware {
  /** As its makers write it. */
  readonly name: string;
  /** Whether it answers by itself, or stands before what does. */
  readonly role: "application" | "web server" | "gateway" | "cdn" | "storage";
  /** The field that gave it away. */
  readonly header: string;
}

type Sign = readonly [header: string, value: RegExp, name: string, role: ServerSoftware["role"]];

/**
 * The signs, in the order in which they are believed: who stands in front puts its own over what came from behind, and
 * says so in a field of its own. Sources: each product's documentation of the field.
 */
const SIGNS: readonly Sign[] = [
  ["x-amz-apigw-id", /./, "Amazon API Gateway", "gateway"],
  ["apigw-requestid", /./, "Amazon API Gateway", "gateway"],
  ["x-amzn-errortype", /./, "Amazon API Gateway", "gateway"],
  ["server", /^AmazonS3/i, "Amazon S3", "storage"],
  ["x-guploader-uploadid", /./, "Google Cloud Storage", "storage"],
  ["server", /^Windows-Azure-Blob/i, "Azure Blob Storage", "storage"],
  ["server", /^awselb/i, "AWS load balancer", "gateway"],
  ["x-amzn-requestid", /./, "AWS Lambda", "application"],
  ["server", /^Microsoft-Azure-Application-Gateway/i, "Azure Application Gateway", "gateway"],
  ["x-azure-ref", /./, "Azure Front Door", "cdn"],
  ["x-kong-response-latency", /./, "Kong", "gateway"],
  ["server", /^kong/i, "Kong", "gateway"],
  ["sb-project-ref", /./, "Supabase", "application"],
  ["x-deno-execution-id", /./, "Supabase Edge Functions", "application"],
  ["x-vercel-id", /./, "Vercel", "cdn"],
  ["server", /^vercel/i, "Vercel", "cdn"],
  ["x-nf-request-id", /./, "Netlify", "cdn"],
  ["server", /^netlify/i, "Netlify", "cdn"],
  ["server", /^github\.com|^GitHub-/i, "GitHub", "application"],
  ["x-powered-by", /^Express/i, "Express", "application"],
  ["x-powered-by", /^Next\.js/i, "Next.js", "application"],
  ["x-powered-by", /^ASP\.NET/i, "ASP.NET", "application"],
  ["x-powered-by", /^PHP/i, "PHP", "application"],
  ["x-powered-by", /^Nuxt/i, "Nuxt", "application"],
  ["x-aspnet-version", /./, "ASP.NET", "application"],
  ["server", /^Kestrel/i, "ASP.NET Core (Kestrel)", "application"],
  ["server", /^uvicorn|^hypercorn|^daphne/i, "a Python ASGI server", "application"],
  ["server", /^gunicorn|^WSGIServer|^Werkzeug|^waitress/i, "a Python WSGI server", "application"],
  ["server", /^(Apache-Coyote|Tomcat)/i, "Apache Tomcat", "application"],
  ["server", /^Jetty/i, "Jetty", "application"],
  ["x-runtime", /^[0-9.]+$/, "Ruby on Rails", "application"],
  ["server", /^puma|^Phusion|^thin/i, "a Ruby server", "application"],
  ["x-amz-cf-id", /./, "Amazon CloudFront", "cdn"],
  ["cf-ray", /./, "Cloudflare", "cdn"],
  ["server", /^cloudflare/i, "Cloudflare", "cdn"],
  ["x-fastly-request-id", /./, "Fastly", "cdn"],
  ["x-served-by", /^cache-/i, "Fastly", "cdn"],
  ["x-akamai-request-id", /./, "Akamai", "cdn"],
  ["server", /^AkamaiGHost|^AkamaiNetStorage/i, "Akamai", "cdn"],
  ["server", /^Google Frontend|^gws|^ESF/i, "Google Cloud", "gateway"],
  ["via", /varnish/i, "Varnish", "cdn"],
  ["server", /^envoy|^istio-envoy/i, "Envoy", "gateway"],
  ["server", /^openresty/i, "OpenResty", "web server"],
  ["server", /^nginx/i, "nginx", "web server"],
  ["server", /^Apache/i, "Apache httpd", "web server"],
  ["server", /^Microsoft-IIS/i, "IIS", "web server"],
  ["server", /^Caddy/i, "Caddy", "web server"],
  ["via", /caddy/i, "Caddy", "web server"],
  ["server", /^LiteSpeed/i, "LiteSpeed", "web server"],
  ["server", /^traefik/i, "Traefik", "gateway"],
  ["server", /^haproxy/i, "HAProxy", "gateway"],
];

/** Everything that a response shows of who made it, the likeliest first; empty when it shows nothing. */
export function serverSoftware(headers: readonly Header[]): ServerSoftware[] {
  const found = SIGNS.flatMap(([header, value, name, role]) => (value.test(get(header, headers) ?? "") ? [{ name, role, header }] : []));
  return found.filter(({ name }, index) => found.findIndex((other) => other.name === name) === index);
}
