import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { django } from "../../src/servers/django.ts";
import { PYTHON } from "./debian-python.ts";
import type { RecipeRun } from "./recipe-run.ts";
import { runFile } from "./server-process.ts";

/** Django with the middleware of a new project, as far as they need no database. */
export const djangoRun: RecipeRun = {
  recipe: django,
  debian: ["python3-django-cors-headers", "python3-django"],
  start: async ({ folder, port, policy, text }) => {
    writeFileSync(join(folder, "urls.py"), urls(policy.path));
    return runFile(folder, "settings.py", SETTINGS + (text ?? ""), [PYTHON, "-m", "django", "runserver", `127.0.0.1:${port}`, "--noreload"], { DJANGO_SETTINGS_MODULE: "settings", PYTHONPATH: folder });
  },
};

const SETTINGS = `SECRET_KEY = "for this run only"
ALLOWED_HOSTS = ["127.0.0.1"]
ROOT_URLCONF = "urls"
INSTALLED_APPS = ["django.contrib.contenttypes"]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
`;

function urls(path: string): string {
  return `from django.http import JsonResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

urlpatterns = [path("${path.slice(1)}", csrf_exempt(require_http_methods(["GET", "PUT", "POST"])(lambda request: JsonResponse({"ok": True}))))]
`;
}
