#!/usr/bin/env bash
# Prints where Chromium is. A Debian machine without one gets it.
set -euo pipefail
find() { command -v chromium || command -v chromium-browser || command -v google-chrome; }
find && exit
if command -v apt-get > /dev/null && [ "$(id -u)" = 0 ]; then
  { apt-get update -q && apt-get install -y -q --no-install-recommends chromium; } >&2
fi
find || { echo "There is no Chromium, and no apt-get to install it with." >&2; exit 1; }
