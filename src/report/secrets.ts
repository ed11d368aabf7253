/** What secrets look like, and under which names they travel. No pattern here takes time by the square of a text: servers are strangers. */

export const REDACTED = "redacted";

/** Names of fields and parameters that carry secrets by their definition, or commonly do. */
const NAMES: ReadonlySet<string> = new Set(
  `cookie cookie2 set-cookie set-cookie2 dpop auth code code_verifier code-verifier state nonce sig sid pin pwd pw pass passcode bearer user username login ticket assertion samlart samlrequest samlresponse
   relaystate wresult x-csrf x-xsrf`.split(/\s+/),
);

/** What such names have in them. */
const IN_NAMES =
  /authoriz|authentic|oauth|token|secret|passwo?r?d|passwd|passphrase|api[-_.]?key|access[-_.]?key|private[-_.]?key|subscription[-_.]?key|functions[-_.]?key|session|sessid|credential|signature|hmac|csrf|xsrf|jwt|e-?mail|phone|^x[-_]auth|(^|[-_.[])(otp|sid|sig|pwd)([-_.\]]|$)/i;

/** Whether a field or parameter of this name carries a secret, or commonly does. CORS looks at none of these fields. */
export function isSecret(name: string): boolean {
  return (NAMES.has(name.toLowerCase()) || IN_NAMES.test(name)) && !/^(access-control-|sec-fetch-)/i.test(name);
}

/** What is a secret wherever it stands. Each begins where a word does. */
const PATTERNS: readonly RegExp[] = [
  // Tokens that their makers give a prefix: GitHub, GitLab, Slack, Stripe, Google, PyPI, Shopify, DigitalOcean.
  /(?<![A-Za-z\d])(?:gh[opusr]_|github_pat_|glpat-|gloas-|xox[abeoprs]-|xapp-|[rps]k_(?:live|test)_|whsec_|AIza|ya29\.|GOCSPX-|pypi-|shp(?:at|ca|pa|ss)_|do[opr]_v1_)[\w.-]{8,}/g,
  // Those whose prefix may begin something else: npm, Hugging Face, AWS, OpenAI, SendGrid.
  /(?<![A-Za-z\d])(?:(?:npm|hf)_[A-Za-z\d]{20,}|(?:AKIA|ASIA)[A-Z\d]{12,}|sk-[\w-]{20,}|SG\.[\w-]{16,}[\w.-]*)/g,
  /\b(?:bearer|basic|digest|negotiate|token)(?:\s|%20|\+){1,8}(?=[\w~+/.=-]*\d)[\w~+/.=-]{6,}/gi,
  // PEM, and long runs of hexadecimal digits.
  /-----BEGIN(?:\s|%20|\+)[^]*/g,
  /(?<![A-Za-z\d])[\da-f]{32,}(?![A-Za-z\d])/gi,
];

/** Browsers take no longer URLs than 2 MB, and what patterns can look through has an end. */
const LONGEST = 1_000_000;

/** What can be looked through; what comes after it may hold anything. */
export function lookedThrough(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}${REDACTED}` : text;
}

/** The same text with everything that looks like a secret replaced. */
export function withoutSecrets(text: string): string {
  return withoutKnownSecrets(text).replace(/[\w+=-]{20,}/g, (run) => (isRandom(run) ? REDACTED : run));
}

/** The same without what is known for a secret: what only looks as if made by chance stays. */
export function withoutKnownSecrets(text: string): string {
  const known = PATTERNS.reduce((rest, pattern) => rest.replace(pattern, REDACTED), withoutMail(lookedThrough(text)));
  return known.replace(/[\w.-]{10,}/g, withoutJwt);
}

/** Runs of letters of both cases and digits that nobody would write by hand: base64 and the like. */
function isRandom(run: string): boolean {
  return run.startsWith("eyJ") || (/[a-z]/.test(run) && /[A-Z]/.test(run) && /\d[^\d]*\d/.test(run));
}

/** JSON Web Tokens, encrypted ones too: `{"` in base64, and two points at least. https://www.rfc-editor.org/rfc/rfc7519 */
function withoutJwt(run: string): string {
  const at = run.search(/(?<![A-Za-z\d])eyJ/);
  return at >= 0 && run.slice(at).split(".", 3).length === 3 ? `${run.slice(0, at)}${REDACTED}` : run;
}

/** The sign and the domain of a mail address, as they are and percent-encoded. `logo@2x.png` and `pkg@1.2.3` are none. */
const DOMAIN = /(?:@|%40|%2540)(?!\d+x?\.)(?:[a-z\d-]{1,63}\.){1,10}[a-z][a-z\d-]*/gi;

/** What may stand before it. */
const LOCAL = /[\w.!$'*^`{|}~+-]/;

/** From the sign backwards: forwards, all that may begin an address would have to be read again and again. */
function withoutMail(text: string): string {
  const parts: string[] = [];
  let done = 0;
  for (const { 0: found, index } of text.matchAll(DOMAIN)) {
    let start = index;
    for (;;) {
      if (start - 1 >= done && LOCAL.test(text.charAt(start - 1))) start -= 1;
      else if (start - 3 >= done && /^%2[1B7]$/i.test(text.slice(start - 3, start))) start -= 3;
      else break;
    }
    if (start === index) continue;
    parts.push(text.slice(done, start), REDACTED);
    done = index + found.length;
  }
  return parts.length === 0 ? text : [...parts, text.slice(done)].join("");
}
