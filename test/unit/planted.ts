import fc from "fast-check";
import type { Call, Exchange, Header, Hop, Message } from "../../src/model.ts";

/** Where a secret is put: the exchange with it. */
type Place = readonly [name: string, put: (exchange: Exchange, secret: string) => Exchange];

/** One sort of secret. */
export interface SecretKind {
  readonly name: string;
  readonly secret: fc.Arbitrary<string>;
  /** What of it nobody may read; all of it where that isn't given. */
  readonly traces?: (secret: string) => readonly string[];
  readonly places: readonly Place[];
}

const letters = (alphabet: string, minLength: number, maxLength = minLength): fc.Arbitrary<string> => fc.string({ unit: fc.constantFrom(...alphabet), minLength, maxLength });

const LOWER = "abcdefghijkmnpqrstuvwxyz";
const ALL = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz23456789";

/** A word that somebody chose: nothing but its name gives it away. */
const WORD = letters(LOWER, 9, 14);
/** One that a machine made. */
const RANDOM = letters(ALL, 24, 48);
const MAIL = letters(LOWER, 9, 12).map((local) => `${local}@mail.example.org`);
const JWT = fc.tuple(RANDOM, RANDOM).map(([payload, signature]) => `eyJhbGciOiJIUzI1NiJ9.eyJzdWIi${payload}.${signature}`);
const PEM = fc.tuple(letters(ALL, 60), letters(ALL, 9)).map(([first, last]) => `-----BEGIN PRIVATE KEY----- ${first} ${last}= -----END PRIVATE KEY-----`);

const jwtTraces = (jwt: string): string[] => jwt.split(".").slice(1);
const mailTraces = (mail: string): string[] => [mail.split("@", 1)[0] ?? mail];
const pemTraces = (pem: string): string[] => pem.split(" ").filter((part) => part.length > 8 && !/-----|PRIVATE/.test(part));

function onLast(exchange: Exchange, change: (hop: Hop) => Hop): Exchange {
  const [first, ...others] = exchange.hops;
  const last = others.pop();
  return { ...exchange, hops: last === undefined ? [change(first)] : [first, ...others, change(last)] };
}

function onFirst(exchange: Exchange, change: (hop: Hop) => Hop): Exchange {
  const [first, ...others] = exchange.hops;
  return { ...exchange, hops: [change(first), ...others] };
}

function sent(name: string, written: (secret: string) => string = (secret) => secret): Place {
  return [`request header ${name}`, (exchange, secret) => onFirst(exchange, (hop) => ({ ...hop, request: withSent(hop.request, { name, value: written(secret) }) }))];
}

function withSent(message: Message, header: Header): Message {
  return { ...message, requestHeaders: message.requestHeaders === null ? null : [...without(message.requestHeaders, header.name), header] };
}

function answered(name: string, written: (secret: string) => string = (secret) => secret): Place {
  const put = (message: Message, header: Header): Message => (message.response === null ? message : { ...message, response: { ...message.response, headers: [...without(message.response.headers, name), header] } });
  return [`response header ${name}`, (exchange, secret) => onLast(exchange, ({ preflight, request }) => {
    const header = { name, value: written(secret) };
    return { preflight: preflight === null ? null : put(preflight, header), request: put(request, header) };
  })];
}

function without(headers: readonly Header[], name: string): Header[] {
  return headers.filter((header) => header.name.toLowerCase() !== name.toLowerCase());
}

/** In the address of a request, and in that of its preflight. */
function address(name: string, written: (url: string, secret: string) => string): Place {
  const put = (message: Message, secret: string): Message => ({ ...message, url: written(message.url, secret) });
  return [`URL: ${name}`, (exchange, secret) => onLast(exchange, ({ preflight, request }) => ({ preflight: preflight === null ? null : put(preflight, secret), request: put(request, secret) }))];
}

/** The parts of an address. */
const within = (part: (secret: string) => string) => (url: string, secret: string): string => {
  const { origin, pathname } = new URL(url);
  return `${origin}${pathname}${part(secret)}`;
};

function parameter(name: string, encoded = (secret: string): string => encodeURIComponent(secret)): Place[] {
  const query = (secret: string): string => `?page=2&${name}=${encoded(secret)}&sort=name`;
  return [address(`?${name}`, within(query)), ...linked(`?${name}`, (secret) => `https://b.example/cb${query(secret)}`), ...linked(`#${name}`, (secret) => `https://b.example/cb#${query(secret).slice(1)}`)];
}

/** Wherever an address stands but in a request itself. */
function linked(name: string, url: (secret: string) => string): Place[] {
  const redirected: Place = [`redirect ${name}`, (exchange, secret) => onLast(exchange, (hop) => ({ ...hop, request: { ...hop.request, redirectUrl: hop.request.redirectUrl === null ? null : url(secret) } }))];
  const [locationName, location] = answered("Location", url);
  return [
    [`${locationName} ${name}`, location],
    redirected,
    [`redirect and Location ${name}`, (exchange, secret) => redirected[1](location(exchange, secret), secret)],
    sent("Referer", url),
    ["call site", (exchange, secret) => ({ ...exchange, callSite: `${url(secret)}:10:5` })],
    ["call", (exchange, secret) => ({ ...exchange, call: { ...CALL, url: url(secret), callSite: `${url(secret)}:1:2` } })],
    // An address in an address.
    address("?next", within((secret) => `?next=${encodeURIComponent(url(secret))}`)),
  ];
}

const CALL: Call = { api: "fetch", url: "https://api.example/", method: "GET", mode: null, credentials: null, redirect: null, callSite: null, violatesPolicy: false, time: 1_000_000 };

const userInfo = (secret: string): string => `https://user:${encodeURIComponent(secret)}@b.example/`;

/** Where only the look of a secret gives it away. */
const ANYWHERE: readonly Place[] = [
  address("in the path", (url, secret) => `${new URL(url).origin}/v1/${encodeURIComponent(secret)}/items`),
  address("in a parameter that tells nothing", within((secret) => `?q=${encodeURIComponent(secret)}`)),
  address("in the fragment", within((secret) => `#${encodeURIComponent(secret)}`)),
  ...linked("in the path", (secret) => `https://b.example/${encodeURIComponent(secret)}`),
  ["status text", (exchange, secret) => onLast(exchange, ({ preflight, request }) => ({ preflight, request: { ...request, response: request.response === null ? null : { ...request.response, statusText: `Gone: ${secret}` } } }))],
  answered("Access-Control-Allow-Origin", (secret) => `https://app.example?x=${encodeURIComponent(secret)}`),
  answered("Server", (secret) => `nginx (${secret})`),
  answered("Via", (secret) => `1.1 ${secret}`),
  sent("User-Agent", (secret) => `Mozilla/5.0 (contact ${secret})`),
  sent("X-Requested-With", (secret) => secret),
  sent("Accept", (secret) => `text/html;x=${secret}`),
];

function named(name: string, secret: fc.Arbitrary<string>, ...places: readonly Place[]): SecretKind {
  return { name, secret, places };
}

function looking(name: string, secret: fc.Arbitrary<string>, traces?: SecretKind["traces"]): SecretKind {
  return { name, secret, places: [...ANYWHERE, sent("X-Whatever"), answered("X-Whatever")], ...(traces === undefined ? {} : { traces }) };
}

export const SECRET_KINDS: readonly SecretKind[] = [
  named("cookie", WORD, sent("Cookie", (secret) => `theme=dark; id=${secret}`), sent("Cookie2")),
  named("cookie that is set", WORD, answered("Set-Cookie", (secret) => `id=${secret}; Secure; HttpOnly`), answered("Set-Cookie2", (secret) => `id=${secret}; Version=1`)),
  named("basic authorization", WORD, sent("Authorization", (secret) => `Basic ${Buffer.from(`u:${secret}`).toString("base64")}${secret}`), sent("Proxy-Authorization", (secret) => `Basic ${secret}`)),
  named("bearer authorization", RANDOM, sent("Authorization", (secret) => `Bearer ${secret}`), answered("Authorization", (secret) => `Bearer ${secret}`)),
  named("digest authorization", WORD, sent("Authorization", (secret) => `Digest username="${secret}", realm="a"`), answered("WWW-Authenticate", (secret) => `Digest nonce="${secret}"`), answered("Authentication-Info", (secret) => `nextnonce="${secret}"`)),
  named("API key in a header", WORD, ...["X-Api-Key", "Api-Key", "apikey", "X-Goog-Api-Key", "Ocp-Apim-Subscription-Key", "X-Functions-Key", "X-Auth-Token", "Private-Token"].map((name) => sent(name))),
  named("custom header", RANDOM, sent("X-Device"), answered("X-Trace"), sent("X-Client-Data"), answered("Content-Disposition", (secret) => `attachment; filename="${secret}.pdf"`), answered("Link", (secret) => `<https://b.example/${secret}>; rel=next`), answered("Server-Timing", (secret) => `db;desc="${secret}"`)),
  named("CSRF token", WORD, sent("X-CSRF-Token"), sent("X-XSRF-TOKEN"), ...parameter("csrf"), ...parameter("_csrf"), ...parameter("authenticity_token")),
  ...["access_token", "id_token", "refresh_token", "token", "code", "state", "SAMLResponse", "password", "session", "sid", "sig", "X-Amz-Signature", "X-Amz-Credential", "X-Goog-Signature", "client_secret", "api_key", "connect.sid", "PHPSESSID", "user%5Bpassword%5D", "oauth_verifier"].map((name) => named(`parameter ${name}`, WORD, ...parameter(name))),
  named("matrix parameter", WORD, address("a matrix parameter", within((secret) => `;jsessionid=${secret}?page=2`)), ...linked("a matrix parameter", (secret) => `https://b.example/a;jsessionid=${secret}`)),
  named("user info", WORD, address("user info", (url, secret) => url.replace("://", `://u:${secret}@`)), ...linked("user info", userInfo), answered("Access-Control-Allow-Origin", (secret) => `https://u:${secret}@app.example`), sent("Origin", (secret) => `https://u:${secret}@app.example`), ["origin", (exchange, secret) => ({ ...exchange, origin: `https://u:${secret}@app.example` })]),
  named("token in what is allowed", WORD, answered("Access-Control-Allow-Origin", (secret) => `https://app.example/?access_token=${secret}`), answered("Access-Control-Allow-Origin", (secret) => `https://a.example, https://b.example?token=${secret}`)),
  looking("JWT", JWT, jwtTraces),
  looking("GitHub token", RANDOM.map((random) => `ghp_${random}`)),
  looking("Slack token", RANDOM.map((random) => `xoxb-1234567890-${random}`), (secret) => [secret.slice(16)]),
  looking("Stripe key", RANDOM.map((random) => `sk_live_${random}`)),
  looking("AWS key", letters("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 16).map((random) => `AKIA${random}`)),
  looking("Google key", letters(ALL, 35).map((random) => `AIza${random}`)),
  looking("npm token", letters(ALL, 36).map((random) => `npm_${random}`)),
  looking("hexadecimal key", letters("0123456789abcdef", 40)),
  looking("mail address", MAIL, mailTraces),
  { ...looking("mail address with a tag", MAIL.map((mail) => `first+${mail}`), (secret) => [secret.slice(6).split("@", 1)[0] ?? secret]) },
  named("mail address that was passed on", MAIL, sent("X-Forwarded-For"), sent("From"), answered("X-User")),
  { ...looking("PEM", PEM, pemTraces) },
];
