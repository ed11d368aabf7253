import type { Policy, Recipe } from "./recipe.ts";
import { everyAnswer } from "./writing/header-lines.ts";
import { indented, text } from "./writing/lines.ts";

/**
 * A REST API of Amazon API Gateway in a template of AWS SAM. `Cors` adds OPTIONS with a mock integration to every path;
 * its strings are header values of OpenAPI, hence the inner quotes
 * (https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-property-api-corsconfiguration.html).
 * Unless told otherwise a default authorizer and an API key are asked of preflights too
 * (https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-property-api-apiauth.html). Errors of
 * API Gateway itself are gateway responses
 * (https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-gatewayResponse-definition.html); with a proxy
 * integration the backend sends the headers of its own answers
 * (https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-cors.html#apigateway-enable-cors-proxy).
 */
export const awsApiGatewayRest: Recipe = {
  id: "aws-api-gateway-rest",
  name: "Amazon API Gateway (REST API)",
  kind: "service",
  write: (policy) => ({
    file: "template.yaml",
    text: text(
      "Resources:",
      "  RestApi:",
      "    Type: AWS::Serverless::Api",
      "    Properties:",
      ...indented(
        [
          "Cors:",
          ...indented(preflight(policy)),
          "Auth:",
          "  AddDefaultAuthorizerToCorsPreflight: false",
          "  AddApiKeyRequiredToCorsPreflight: false",
          "GatewayResponses:",
          ...indented([...gatewayResponse("DEFAULT_4XX", policy), ...gatewayResponse("DEFAULT_5XX", policy)]),
        ],
        3,
      ),
    ),
  }),
};

function preflight({ origin, methods, headers, credentials }: Policy): string[] {
  return [
    `AllowOrigin: ${literal(origin)}`,
    `AllowMethods: ${literal(methods.join(","))}`,
    ...(headers.length > 0 ? [`AllowHeaders: ${literal(headers.join(","))}`] : []),
    ...(credentials ? ["AllowCredentials: true"] : []),
  ];
}

function gatewayResponse(type: string, policy: Policy): string[] {
  return [`${type}:`, "  ResponseParameters:", "    Headers:", ...indented(everyAnswer(policy).map(({ name, value }) => `${name}: ${literal(value)}`), 3)];
}

function literal(value: string): string {
  return `"'${value}'"`;
}
