/** Debian's own: another Python that comes first in PATH has none of Debian's packages. */
export const PYTHON = "/usr/bin/python3";
