import type { Recipe } from "./recipe.ts";
import { text } from "./writing/lines.ts";
import { quoted } from "./writing/literals.ts";

/**
 * Azure Functions: CORS of the platform, by Azure CLI 2. It takes origins and, unless one is `*`, credentials; methods and
 * headers can't be narrowed, nor paths (https://learn.microsoft.com/cli/azure/functionapp/cors,
 * https://learn.microsoft.com/azure/azure-functions/functions-how-to-use-azure-function-app-settings#cors). It answers
 * preflights before any function, and CORS headers of the app's own have no effect beside it
 * (https://learn.microsoft.com/azure/app-service/app-service-web-tutorial-rest-api#app-service-cors-vs-your-cors).
 */
export const azureFunctions: Recipe = {
  id: "azure-functions",
  name: "Azure Functions",
  kind: "service",
  write: ({ origin, credentials }) => ({
    file: "Azure CLI",
    text: text(
      `az functionapp cors add --name MY_APP --resource-group MY_GROUP --allowed-origins ${quoted(origin)}`,
      ...(credentials ? ["az functionapp cors credentials --name MY_APP --resource-group MY_GROUP --enable true"] : []),
    ),
  }),
};
