import type { Recipe } from "./recipe.ts";
import { awsCors } from "./writing/aws-cors.ts";
import { indented, text } from "./writing/lines.ts";

/**
 * An HTTP API of Amazon API Gateway in a template of AWS SAM; `AWS::ApiGatewayV2::Api` has the same property
 * (https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-property-httpapi-httpapicorsconfiguration.html,
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-apigatewayv2-api-cors.html). API
 * Gateway then answers preflights itself, and puts its own headers in the place of the integration's
 * (https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html). A route that takes every method, with
 * an authorizer, refuses preflights: OPTIONS then needs a route without one (same page).
 */
export const awsApiGatewayHttp: Recipe = {
  id: "aws-api-gateway-http",
  name: "Amazon API Gateway (HTTP API)",
  kind: "service",
  write: (policy) => ({
    file: "template.yaml",
    text: text("Resources:", "  HttpApi:", "    Type: AWS::Serverless::HttpApi", "    Properties:", "      CorsConfiguration:", ...indented(awsCors(policy), 4)),
  }),
};
