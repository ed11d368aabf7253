import type { Recipe } from "./recipe.ts";
import { awsCors } from "./writing/aws-cors.ts";
import { knownMethods } from "./writing/known-methods.ts";
import { indented, text } from "./writing/lines.ts";

/** At most six letters each: OPTIONS, which needs no permission, is none of them (https://docs.aws.amazon.com/lambda/latest/api/API_Cors.html). */
const METHODS = ["GET", "HEAD", "PUT", "POST", "PATCH", "DELETE"];

/**
 * The URL of an AWS Lambda function in a template of AWS SAM; `AWS::Lambda::Url` has the same `Cors`
 * (https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-property-function-functionurlconfig.html,
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-lambda-url-cors.html). Lambda adds
 * the headers to every answer (https://docs.aws.amazon.com/lambda/latest/dg/urls-configuration.html#urls-cors); that page
 * says they go before the function's own, and still both are sent
 * (https://github.com/aws-powertools/powertools-lambda-python/issues/4163). `AuthType` is left to whoever has it.
 */
export const awsLambdaUrl: Recipe = {
  id: "aws-lambda-url",
  name: "AWS Lambda function URL",
  kind: "service",
  knownMethods: METHODS,
  write: (policy) => ({
    file: "template.yaml",
    text: text(
      "Resources:",
      "  Function:",
      "    Type: AWS::Serverless::Function",
      "    Properties:",
      "      FunctionUrlConfig:",
      "        Cors:",
      ...indented(awsCors({ ...policy, methods: knownMethods(METHODS, policy.methods) }), 5),
    ),
  }),
};
