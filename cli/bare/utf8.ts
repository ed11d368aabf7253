/** What whatwg-url needs of https://encoding.spec.whatwg.org/#interface-textencoder, where the language is all there is. */
export class TextEncoder {
  /** @param text without lone surrogates */
  encode(text: string): Uint8Array {
    if (/^[\0-\x7f]*$/.test(text)) return Uint8Array.from(text, (sign) => sign.charCodeAt(0));
    const escaped = encodeURIComponent(text).match(/%[0-9A-F]{2}|[^]/g) ?? [];
    return Uint8Array.from(escaped, (part) => (part.length === 3 ? Number.parseInt(part.slice(1), 16) : part.charCodeAt(0)));
  }
}

/** The same of https://encoding.spec.whatwg.org/#interface-textdecoder */
export class TextDecoder {
  decode(bytes: Uint8Array): string {
    try {
      return decodeURIComponent(Array.from(bytes, (byte) => `%${byte.toString(16).padStart(2, "0")}`).join(""));
    } catch {
      // Not UTF-8. Only hosts are decoded, and no host may have this sign in it.
      return "\ufffd";
    }
  }
}
