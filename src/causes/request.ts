import { fieldLines } from "../fetch/headers.ts";
import { type Case, cause, type Look, members } from "./case.ts";

/** Who adds a request header that pages seldom set themselves: `name` or `prefix*`, in lower case. */
const ADDED_BY: readonly (readonly [pattern: RegExp, by: string])[] = [
  [/^(sentry-trace|baggage)$/, "Sentry"],
  [/^(traceparent|tracestate)$/, "OpenTelemetry"],
  [/^x-datadog-/, "Datadog RUM"],
  [/^(newrelic|x-newrelic-.*)$/, "New Relic"],
  [/^elastic-apm-traceparent$/, "Elastic APM"],
  [/^(request-id|request-context)$/, "Application Insights"],
  [/^(b3|x-b3-.*)$/, "Zipkin"],
  [/^x-(amzn-trace-id|cloud-trace-context)$/, "AWS X-Ray, Google Cloud Trace"],
  [/^x-instana-/, "Instana"],
  [/^x-requested-with$/, "jQuery, Axios"],
  [/^x-(xsrf|csrf)-token$/, "Angular, Axios"],
  [/^x-rq-/, "Requestly"],
  [/^x-socket-id$/, "Laravel Echo"],
  [/^x-livewire/, "Livewire"],
  [/^hx-/, "htmx"],
  [/^turbo-frame$/, "Hotwire Turbo"],
  [/^x-inertia/, "Inertia"],
  [/^(apollo-require-preflight|apollographql-client-.*)$/, "Apollo Client"],
  [/^(x-client-info|x-supabase-.*)$/, "Supabase"],
  [/^x-firebase-/, "Firebase"],
  [/^x-posthog-/, "PostHog"],
  [/^x-signalr-user-agent$/, "SignalR"],
  [/^x-stripe-/, "Stripe.js"],
];

/** What in the request itself made a preflight necessary that then was refused. */
export const refusedRequest: Look = (at) => {
  const { failure } = at;
  const subject = failure.subject ?? "";
  if (failure.code === "method-not-allowed") {
    const lower = subject !== subject.toUpperCase();
    return [...wildcard(at), ...(failure.variant === "letter-case" || lower ? cause("method-lower-case", subject, subject.toUpperCase()) : [])];
  }
  if (failure.code === "header-not-allowed" || failure.code === "authorization-not-covered-by-wildcard") return header(at, subject);
  return [];
};

function header(at: Case, subject: string): ReturnType<Look> {
  const covered = members(at.failure.header?.actual ?? "").includes("*");
  if (subject === "authorization" && covered) return cause("authorization-under-wildcard");
  const by = ADDED_BY.find(([pattern]) => pattern.test(subject))?.[1];
  return [
    ...wildcard(at),
    ...(by === undefined ? [] : cause("header-added-by-library", subject, by)),
    ...(subject === "content-type" ? cause("content-type-not-simple", sentType(at)) : []),
  ];
}

function wildcard({ failure }: Case): ReturnType<Look> {
  return failure.variant === "wildcard-with-credentials" ? cause("wildcard-with-credentials") : [];
}

/** A request that its preflight stopped shows its own headers in Firefox only. */
function sentType({ exchange, failure }: Case): string {
  return fieldLines("Content-Type", exchange.hops[failure.hop]?.request.requestHeaders ?? []).join(", ");
}
