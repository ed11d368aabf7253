import type { Recipe } from "./recipe.ts";
import { knownMethods } from "./writing/known-methods.ts";
import { text } from "./writing/lines.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/ManageCorsUsing.html#cors-allowed-methods */
const METHODS = ["GET", "HEAD", "PUT", "POST", "DELETE"];

/**
 * Amazon S3: a bucket's CORS configuration as the console takes it; `aws s3api put-bucket-cors` wants the list as
 * `CORSRules` of an object (https://docs.aws.amazon.com/AmazonS3/latest/userguide/enabling-cors-examples.html). It has no
 * field for credentials (https://docs.aws.amazon.com/AmazonS3/latest/userguide/ManageCorsUsing.html). S3 answers by itself
 * when origin, method and all headers match a rule, and refuses a preflight with 403 otherwise
 * (https://docs.aws.amazon.com/AmazonS3/latest/userguide/cors-troubleshooting.html).
 */
export const awsS3: Recipe = {
  id: "aws-s3",
  name: "Amazon S3",
  kind: "service",
  knownMethods: METHODS,
  write: ({ origin, methods, headers }) => ({
    file: "cors.json",
    text: text(JSON.stringify([{ AllowedOrigins: [origin], AllowedMethods: knownMethods(METHODS, methods), ...(headers.length > 0 ? { AllowedHeaders: headers } : {}) }], null, 2)),
  }),
};
