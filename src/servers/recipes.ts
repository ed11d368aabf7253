import { actix } from "./actix.ts";
import { angularCli } from "./angular-cli.ts";
import { apacheHttpd } from "./apache-httpd.ts";
import { aspnetCore } from "./aspnet-core.ts";
import { awsApiGatewayHttp } from "./aws-api-gateway-http.ts";
import { awsApiGatewayRest } from "./aws-api-gateway-rest.ts";
import { awsLambdaUrl } from "./aws-lambda-url.ts";
import { awsS3 } from "./aws-s3.ts";
import { axum } from "./axum.ts";
import { azureFunctions } from "./azure-functions.ts";
import { caddy } from "./caddy.ts";
import { cloudflareWorkers } from "./cloudflare-workers.ts";
import { cloudfront } from "./cloudfront.ts";
import { django } from "./django.ts";
import { envoy } from "./envoy.ts";
import { express } from "./express.ts";
import { fastapi } from "./fastapi.ts";
import { fastify } from "./fastify.ts";
import { firebase } from "./firebase.ts";
import { flask } from "./flask.ts";
import { gin } from "./gin.ts";
import { goNetHttp } from "./go-net-http.ts";
import { googleCloudStorage } from "./google-cloud-storage.ts";
import { haproxy } from "./haproxy.ts";
import { hono } from "./hono.ts";
import { iis } from "./iis.ts";
import { koa } from "./koa.ts";
import { laravel } from "./laravel.ts";
import { nestjs } from "./nestjs.ts";
import { netlify } from "./netlify.ts";
import { nextjsRewrites } from "./nextjs-rewrites.ts";
import { nextjs } from "./nextjs.ts";
import { nginx } from "./nginx.ts";
import { nodeHttp } from "./node-http.ts";
import { rails } from "./rails.ts";
import type { Recipe } from "./recipe.ts";
import { rsCors } from "./rs-cors.ts";
import { springMvc } from "./spring-mvc.ts";
import { springSecurity } from "./spring-security.ts";
import { supabaseEdge } from "./supabase-edge.ts";
import { traefik } from "./traefik.ts";
import { vercel } from "./vercel.ts";
import { vite } from "./vite.ts";
import { webpackDevServer } from "./webpack-dev-server.ts";

/** Every server, framework, service and development server that we can write for, in the order in which they are offered. */
export const RECIPES: readonly Recipe[] = [
  nginx, apacheHttpd, caddy, haproxy, traefik, envoy, iis,
  nodeHttp, express, fastify, koa, hono, nestjs, nextjs, springMvc, springSecurity, aspnetCore, django, flask, fastapi, rails, laravel, goNetHttp, rsCors, gin, axum, actix,
  awsS3, awsApiGatewayHttp, awsApiGatewayRest, awsLambdaUrl, cloudfront, cloudflareWorkers, azureFunctions, googleCloudStorage, firebase, supabaseEdge, netlify, vercel,
  vite, webpackDevServer, nextjsRewrites, angularCli,
];
