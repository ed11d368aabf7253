import { allowOrigin, answer, api, type Group } from "../scenario.ts";

/** Everything that asks with CORS without being fetch or XHR on a page. */
export const elementGroup: Group = {
  title: "Elements, fonts, streams and workers",
  scenarios: [
    {
      id: "font", title: "Web font from a CDN", causes: ["route-without-cors"],
      wrong: "Fonts are always fetched with CORS; the CDN sends no header.",
      ask: { api: "font" }, hops: api(answer(200)),
    },
    {
      id: "module-script", title: "Module script", causes: ["route-without-cors"],
      wrong: "Unlike a classic script, a module needs the header.",
      ask: { api: "module" }, hops: api(answer(200)),
    },
    {
      id: "image-crossorigin", title: "<img crossorigin>", causes: ["other-origin-configured"],
      wrong: "For the canvas's sake the image is fetched with CORS; the server allows another site.",
      ask: { api: "img" }, hops: api(answer(200, allowOrigin("https://www.example.com"))),
    },
    {
      id: "image-use-credentials", title: "<img crossorigin=\"use-credentials\">", causes: ["wildcard-with-credentials"],
      wrong: "The image is asked for with cookies and answered with *.",
      ask: { api: "img", credentials: "include" }, hops: api(answer(200, allowOrigin("*"))),
    },
    {
      id: "stylesheet-crossorigin", title: "<link crossorigin> stylesheet", causes: ["route-without-cors"],
      wrong: "The attribute, often added for integrity, asks for a header that is not there.",
      ask: { api: "style" }, hops: api(answer(200)),
    },
    {
      id: "video-crossorigin", title: "<video crossorigin>", causes: ["route-without-cors"],
      wrong: "The same for media.",
      ask: { api: "video" }, hops: api(answer(200)),
    },
    {
      id: "event-source", title: "EventSource", causes: ["route-without-cors"],
      wrong: "The event stream is fetched with CORS and has no header.",
      ask: { api: "eventsource" }, hops: api(answer(200)),
    },
    {
      id: "worker-fetch", title: "fetch in a worker", causes: ["route-without-cors"],
      wrong: "A worker's request is the page's request, and the header is missing.",
      ask: { api: "worker" }, hops: api(answer(200)),
    },
  ],
};
