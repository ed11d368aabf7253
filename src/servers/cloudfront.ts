import type { Policy, Recipe } from "./recipe.ts";
import { closed } from "./writing/closed.ts";
import { everyAnswer, preflightAnswer } from "./writing/header-lines.ts";
import { knownMethods } from "./writing/known-methods.ts";
import { indented, text } from "./writing/lines.ts";
import { list, quoted } from "./writing/literals.ts";

/** All that a distribution takes, as CloudFormation wants it: two, three, or all of them (https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-cloudfront-distribution-cachebehavior.html). */
const METHODS = ["GET", "HEAD", "OPTIONS", "PUT", "PATCH", "POST", "DELETE"];

/**
 * Amazon CloudFront in a template of CloudFormation. A response headers policy puts its headers in the place of the
 * origin's (`OriginOverride`), only if `Origin` is one of its own
 * (https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/understanding-response-headers-policies.html); `Vary`
 * is then its own matter, and can't be set beside it (https://github.com/ttoss/ttoss/pull/1205). It changes no status, and
 * a preflight goes to the origin, or gets 403 where OPTIONS isn't allowed: hence the function, which answers it before
 * (https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/functions-event-structure.html), as AWS's samples do
 * (https://github.com/aws-samples/orthanc-cdk-deployment/pull/7), with all headers of its own: nothing says that a policy
 * is applied to what a function answers. What the function may be written in:
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/functions-javascript-runtime-20.html.
 */
export const cloudfront: Recipe = {
  id: "cloudfront",
  name: "Amazon CloudFront",
  kind: "service",
  knownMethods: METHODS,
  write: (policy) => ({
    file: "template.yaml",
    text: text("Resources:", ...indented([...headersPolicy(policy), ...preflightFunction(policy), ...BEHAVIOR])),
  }),
};

/** CloudFormation wants one header at least: `accept`, which a page may send anyway, opens nothing. */
function headersPolicy(policy: Policy): string[] {
  const { origin, methods, credentials } = policy;
  return [
    "CorsHeaders:",
    "  Type: AWS::CloudFront::ResponseHeadersPolicy",
    "  Properties:",
    "    ResponseHeadersPolicyConfig:",
    "      Name: cors-headers",
    "      CorsConfig:",
    ...indented(
      [
        `AccessControlAllowOrigins: { Items: ${list([origin])} }`,
        `AccessControlAllowMethods: { Items: ${list(knownMethods(METHODS, methods))} }`,
        `AccessControlAllowHeaders: { Items: ${list(closed(policy).headers)} }`,
        `AccessControlAllowCredentials: ${credentials}`,
        "OriginOverride: true",
      ],
      4,
    ),
  ];
}

function preflightFunction(policy: Policy): string[] {
  return [
    "CorsPreflight:",
    "  Type: AWS::CloudFront::Function",
    "  Properties:",
    "    Name: cors-preflight",
    "    AutoPublish: true",
    "    FunctionConfig: { Comment: Answers preflights, Runtime: cloudfront-js-2.0 }",
    "    FunctionCode: |",
    ...indented(
      [
        "function handler(event) {",
        "  const request = event.request;",
        '  if (request.method !== "OPTIONS" || !request.headers["access-control-request-method"]) return request;',
        "  return {",
        "    statusCode: 204,",
        '    statusDescription: "No Content",',
        "    headers: {",
        ...indented([...everyAnswer(policy), ...preflightAnswer(policy)].map(({ name, value }) => `${quoted(name.toLowerCase())}: { value: ${quoted(value)} },`), 3),
        "    },",
        "  };",
        "}",
      ],
      3,
    ),
  ];
}

const BEHAVIOR = [
  "Distribution:",
  "  Type: AWS::CloudFront::Distribution",
  "  Properties:",
  "    DistributionConfig:",
  "      DefaultCacheBehavior:",
  ...indented(
    [
      `AllowedMethods: ${list(METHODS)}`,
      "ResponseHeadersPolicyId: !Ref CorsHeaders",
      "FunctionAssociations:",
      "  - EventType: viewer-request",
      "    FunctionARN: !GetAtt CorsPreflight.FunctionMetadata.FunctionARN",
    ],
    4,
  ),
];
