import { angularCliRun } from "./angular-cli.ts";
import { apacheHttpdRun } from "./apache-httpd.ts";
import { caddyRun } from "./caddy.ts";
import { cloudflareWorkersRun } from "./cloudflare-workers.ts";
import { djangoRun } from "./django.ts";
import { expressRun } from "./express.ts";
import { fastapiRun } from "./fastapi.ts";
import { fastifyRun } from "./fastify.ts";
import { firebaseRun } from "./firebase.ts";
import { flaskRun } from "./flask.ts";
import { ginRun } from "./gin.ts";
import { goNetHttpRun } from "./go-net-http.ts";
import { haproxyRun } from "./haproxy.ts";
import { honoRun } from "./hono.ts";
import { koaRun } from "./koa.ts";
import { nestjsRun } from "./nestjs.ts";
import { netlifyRun } from "./netlify.ts";
import { nextjsRewritesRun } from "./nextjs-rewrites.ts";
import { nextjsRun } from "./nextjs.ts";
import { nginxRun } from "./nginx.ts";
import { nodeHttpRun } from "./node-http.ts";
import { railsRun } from "./rails.ts";
import type { RecipeRun } from "./recipe-run.ts";
import { rsCorsRun } from "./rs-cors.ts";
import { springMvcRun } from "./spring-mvc.ts";
import { springSecurityRun } from "./spring-security.ts";
import { supabaseEdgeRun } from "./supabase-edge.ts";
import { vercelRun } from "./vercel.ts";
import { viteRun } from "./vite.ts";
import { webpackDevServerRun } from "./webpack-dev-server.ts";

/** Every recipe that is run for real, in the order of `RECIPES`; the others want a cloud, Windows, or what Debian hasn't. */
export const RUNS: readonly RecipeRun[] = [
  nginxRun, apacheHttpdRun, caddyRun, haproxyRun,
  nodeHttpRun, expressRun, fastifyRun, koaRun, honoRun, nestjsRun, nextjsRun, springMvcRun, springSecurityRun, djangoRun, flaskRun, fastapiRun, railsRun, goNetHttpRun, rsCorsRun, ginRun,
  cloudflareWorkersRun, firebaseRun, supabaseEdgeRun, netlifyRun, vercelRun,
  viteRun, webpackDevServerRun, nextjsRewritesRun, angularCliRun,
];
