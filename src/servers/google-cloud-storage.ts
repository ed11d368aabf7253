import type { Recipe } from "./recipe.ts";
import { text } from "./writing/lines.ts";

/**
 * Google Cloud Storage: the file that `gcloud storage buckets update gs://BUCKET --cors-file=cors.json` takes
 * (https://cloud.google.com/storage/docs/using-cors). `responseHeader` is both what a request may have and what a page may
 * read; it has no field for credentials (https://cloud.google.com/storage/docs/cors-configurations,
 * https://cloud.google.com/storage/docs/xml-api/put-bucket-metadata#cors-body). Only an origin that matches gets the
 * headers, and storage.cloud.google.com knows no CORS (https://cloud.google.com/storage/docs/cross-origin).
 */
export const googleCloudStorage: Recipe = {
  id: "google-cloud-storage",
  name: "Google Cloud Storage",
  kind: "service",
  write: ({ origin, methods, headers }) => ({
    file: "cors.json",
    text: text(JSON.stringify([{ origin: [origin], method: methods, ...(headers.length > 0 ? { responseHeader: headers } : {}) }], null, 2)),
  }),
};
