#!/usr/bin/env bash
# Remakes the audio of the sample station, with its transcripts and chapters, from scripts/sample-voices/.
# For maintainers only (nothing in npm calls it): needs espeak-ng and ffmpeg.
#
#   scripts/make-sample-audio.sh            remakes everything
#   scripts/make-sample-audio.sh sputnik    only files whose path holds "sputnik"
#
# sample-voices/SHOW/EPISODE/FILE.txt is what is spoken in episodes/SHOW/EPISODE/FILE:
# a head of `key: value` lines, an empty line, then lines that are each one cue.
#   title, artist, album, date   written as tags, where given
#   encode                       ffmpeg's options for the codec
#   voices                       NAME=VOICE,SPEED,PITCH ... of espeak-ng
#   beside                       vtt, chapters: companion files to write
#   inside                       chapters, cover: written into the audio's tags (cover: FILE.jpg beside the text)
#   # Title                      begins a chapter
#   Name: sentence               is spoken
#   ~ 1.5                        is silent for so many seconds
set -euo pipefail
cd "$(dirname "$0")/.."

RATE=22050 # espeak-ng speaks in this rate, mono, 16 bit
BYTES_PER_SECOND=$((RATE * 2))
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

head_value() { sed -n "1,/^\$/s/^$2: *//p" "$1"; }

milliseconds() { echo $(($(stat -c %s "$work/voice.raw") * 1000 / BYTES_PER_SECOND)); }

clock() { printf '%02d:%02d:%02d.%03d' $(($1 / 3600000)) $(($1 / 60000 % 60)) $(($1 / 1000 % 60)) $(($1 % 1000)); }

silence() {
  local samples
  samples=$(awk -v s="$1" -v r=$RATE 'BEGIN { printf "%d", s * r }')
  head -c $((samples * 2)) /dev/zero >>"$work/voice.raw"
}

# What an Italian voice reads wrongly is written as it sounds; the transcript keeps the spelling.
as_it_sounds() {
  sed -e 's/\bDeepSeek\b/Dip Sik/g; s/\bNvidia\b/Envìdia/g; s/\bWindows\b/Uindous/g; s/\bLinux\b/Lìnux/g' \
    -e 's/\bespeak\b/ispìk/g; s/\bserver\b/sèrver/g; s/\bsoftware\b/sòftuer/g'
}

# Speaks the text of file $1: leaves voice.raw, cues.vtt, chapters.tsv (ms, title) in $work.
speak() {
  local voices line name words option voice speed pitch start
  voices=$(head_value "$1" voices)
  : >"$work/voice.raw"
  : >"$work/chapters.tsv"
  printf 'WEBVTT\n' >"$work/cues.vtt"
  while IFS= read -r line; do
    case $line in
      '') ;;
      '# '*)
        start=$(milliseconds)
        if [ "$start" -gt 0 ]; then silence 0.7; start=$(milliseconds); fi
        printf '%s\t%s\n' "$start" "${line#\# }" >>"$work/chapters.tsv"
        ;;
      '~ '*) silence "${line#\~ }" ;;
      *)
        name=${line%%: *}
        words=${line#*: }
        option=$(tr ' ' '\n' <<<"$voices" | sed -n "s/^$name=//p")
        IFS=, read -r voice speed pitch <<<"$option"
        start=$(milliseconds)
        # The first 44 bytes are the WAV header.
        as_it_sounds <<<"$words" | espeak-ng -v "$voice" -s "$speed" -p "$pitch" --stdout | tail -c +45 >>"$work/voice.raw"
        printf '\n%s --> %s\n<v %s>%s\n' "$(clock "$start")" "$(clock "$(milliseconds)")" "$name" "$words" >>"$work/cues.vtt"
        silence 0.3
        ;;
    esac
  done < <(sed '1,/^$/d' "$1")
  silence 0.4
}

# Evens out the bursts that a synthetic voice has, then two passes of loudnorm: measure, and bring to -16 LUFS.
loudness_filter() {
  local even=acompressor=threshold=-24dB:ratio=4:attack=3:release=80 target=I=-15.7:TP=-2:LRA=11 measured
  measured=$(ffmpeg -nostdin -hide_banner -f s16le -ar $RATE -ac 1 -i "$work/voice.raw" \
    -af "$even,loudnorm=$target:print_format=json" -f null - 2>&1 | sed -n '/^{/,/^}/p')
  field() { sed -n "s/.*\"$1\" : \"\(.*\)\".*/\1/p" <<<"$measured"; }
  echo "$even,loudnorm=$target:linear=true:measured_I=$(field input_i):measured_TP=$(field input_tp):measured_LRA=$(field input_lra):measured_thresh=$(field input_thresh):offset=$(field target_offset)"
}

# ffmpeg's own metadata format: tags, then chapters when they go inside.
write_tags() {
  local key value start title next
  echo ';FFMETADATA1'
  for key in title artist album date; do
    value=$(head_value "$1" $key)
    if [ -n "$value" ]; then echo "$key=$value"; fi
  done
  echo 'language=ita'
  echo 'copyright=CC BY-NC-SA 4.0'
  echo 'comment=Voce sintetica (espeak-ng)'
  if [[ $(head_value "$1" inside) != *chapters* ]]; then return; fi
  tac "$work/chapters.tsv" | {
    next=$(milliseconds)
    while IFS=$'\t' read -r start title; do
      printf '[CHAPTER]\nTIMEBASE=1/1000\nSTART=%s\nEND=%s\ntitle=%s\n' "$start" "$next" "$title"
      next=$start
    done
  } | awk -v RS='[[]CHAPTER[]]\n' 'NR > 1 { part[NR] = $0 } END { for (i = NR; i > 1; i--) printf "[CHAPTER]\n%s", part[i] }'
}

write_chapters_json() {
  awk -F '\t' 'BEGIN { print "{\n  \"version\": \"1.2.0\",\n  \"chapters\": [" }
    NR > 1 { print "," }
    { gsub(/"/, "\\\"", $2); printf "    { \"startTime\": %.3f, \"title\": \"%s\" }", $1 / 1000, $2 }
    END { print "\n  ]\n}" }' "$work/chapters.tsv"
}

make() {
  local text=$1 audio stem cover encode
  audio=episodes/${text#scripts/sample-voices/}
  audio=${audio%.txt}
  stem=${audio%.*}
  cover=${text%.txt}.jpg
  mkdir -p "$(dirname "$audio")"
  speak "$text"
  write_tags "$text" >"$work/tags.txt"
  read -ra encode <<<"$(head_value "$text" encode)"
  local picture=()
  if [[ $(head_value "$text" inside) == *cover* ]]; then
    picture=(-i "$cover" -map 0:a -map 2:v -c:v copy -disposition:v attached_pic -metadata:s:v 'comment=Cover (front)')
  fi
  local container=()
  case $audio in
    *.mp3) container=(-id3v2_version 4 -write_xing 1) ;;
    *.m4a) container=(-movflags +faststart) ;;
  esac
  ffmpeg -nostdin -hide_banner -loglevel error -y -f s16le -ar $RATE -ac 1 -i "$work/voice.raw" -i "$work/tags.txt" \
    "${picture[@]}" -map_metadata 1 -map_chapters 1 -af "$(loudness_filter)" -ac 1 "${encode[@]}" \
    -fflags +bitexact -flags:a +bitexact "${container[@]}" "$audio"
  case $(head_value "$text" beside) in *vtt*) cp "$work/cues.vtt" "$stem.vtt" ;; esac
  case $(head_value "$text" beside) in *chapters*) write_chapters_json >"$stem.chapters.json" ;; esac
  # Where each sentence begins, for whoever writes the article's moments.
  echo "$audio  $(clock "$(milliseconds)")"
  sed -n 's/^00:\(.*\)\.\(.\).. -->.*/\1.\2/; /^[0-9]\{2\}:[0-9.]*$/h; /^<v /{G; s/^<v \(.*\)>\(.*\)\n\(.*\)/  \3 \1: \2/p}' "$work/cues.vtt"
}

while IFS= read -r text; do
  make "$text"
done < <(find scripts/sample-voices -name '*.txt' -path "*${1:-}*" | sort)
