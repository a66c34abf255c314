#!/usr/bin/env bash
# Remakes public/fonts/ from the face's npm package: the letters that Italian and English are written with, with the figures of equal
# width that times are set in. What else a name may need comes from the package's own files, which browsers load only then.
# For maintainers only (nothing in npm calls it): needs Debian's fonttools and python3-brotli.
set -euo pipefail
cd "$(dirname "$0")/.."

LETTERS='U+0020-007E,U+00A0,U+00AA,U+00AB,U+00B0,U+00B7,U+00BA,U+00BB,U+00C0,U+00C8,U+00C9,U+00CC,U+00D2,U+00D7,U+00D9'
LETTERS+=',U+00E0,U+00E7-00EA,U+00EC,U+00EE,U+00F1-00F4,U+00F6,U+00F9,U+00FC,U+2013,U+2014,U+2018,U+2019,U+201C,U+201D,U+2026,U+20AC,U+2212'

for weight in 600 800; do
  pyftsubset "node_modules/@fontsource/barlow-condensed/files/barlow-condensed-latin-$weight-normal.woff2" \
    --unicodes="$LETTERS" --layout-features='kern,tnum' --no-hinting --flavor=woff2 \
    --output-file="public/fonts/barlow-condensed-core-$weight.woff2"
done
cp node_modules/@fontsource/barlow-condensed/LICENSE public/fonts/LICENSE
