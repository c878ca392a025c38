// Shows unit files and transfers to the tokenizer of a real VS Code.
import { test } from "node:test";
import { checkGrammar } from "./tokenizer.ts";

/** Unit files; a line of `#` and `^` names what the editor makes of a piece of the line above, after `!` what it does not. */
const unitCases: Readonly<Record<string, string>> = {
  "comments begin with either sign": `
; foo=bar
#^^^^^^^^ comment
  # [Unit]
# ^^^^^^^^ comment
Description=a # b
#           ^^^^^ !comment`,
  "comments stand between the parts of a value": String.raw`
ExecStart=/bin/a \
#                ^ joint
  # one
# ^^^^^ comment
; two \
# ^^^^^ comment
  b=c
# ^^^ value
Type=exec
#^^^ key`,
  "a backslash before a blank joins nothing": `
ExecStart=/bin/a \\${" "}
#                ^ !joint
Restart=no
#^^^^^^ key
#       ^^ boolean`,
  "an even number of backslashes joins nothing, an odd one does": String.raw`
Environment=A=\\
Environment=A=\\\
#^^^^^^^^^^ key
#             ^^ escape
#               ^ joint
 Type=exec
#^^^^ !key
Type=exec
#^^^ key`,
  "what looks like a header or a key in a value is value": String.raw`
ExecStart=/bin/a --opt=val \
#                ^^^^^ option
[Service]
#^^^^^^^^ value
#^^^^^^^^ !section
[Service]
#^^^^^^^^ section`,
  "an empty line ends a value": String.raw`
ExecStart=/bin/a \

[Install]
#^^^^^^^ section`,
  "a line without a key goes on as well": String.raw`
garbage \
#       ^ joint
[Service]
#^^^^^^^ !section
[Service]
#^^^^^^^ section`,
  "command lines": String.raw`
ExecStart=-@/bin/a%i a "b c ${"${"}D}" $E f$G -v 'h \x41' ; \;
#         ^^ prefix
#           ^^^^^^ program
#                 ^^ specifier
#                      ^^^^^^^^^^ quoted
#                           ^^^^ variable
#                                 ^^ variable
#                                     ^^ !variable
#                                        ^^ option
#                                           ^^^ quoted
#                                              ^^^^ escape
#                                                    ^ separator
#                                                      ^^ escape`,
  "a quote goes on in the next line, and ends with the value": String.raw`
ExecStart=/bin/a "b \
 c" d
#^^ quoted
#   ^ !quoted
ExecStart=/bin/a "b
Type=exec
#^^^ key
#^^^^^^^^ !quoted`,
  values: `
RestartSec=5min 20s
#          ^ number
#           ^^^ unit
#               ^^ !value
MemoryMax=1.5G
#         ^^^ number
#            ^ unit
CPUQuota=20%
#          ^ unit
RemainAfterExit=yes
#               ^^^ boolean
Description=Bob's yes
#              ^^ !quoted
#                 ^^^ !boolean
After=a@%i.service
#       ^^ specifier`,
  "placeholders of other tools": `
ExecStart=@BINDIR@/a {{ b c }} %i {% d %} <% e %>
#         ^^^^^^^^ template
#         ^ !prefix
#                 ^^ program
#                    ^^^^^^^^^ template
#                              ^^ specifier
#                                 ^^^^^^^ template
#                                         ^^^^^^^ template
{% if f %}
#^^^^^^^^^ template
@NAME@Sec=5
#^^^^^ template
#     ^^^ key`,
  "text before a key that is not ASCII": `
Description=ä😀 %n
#               ^^ specifier`,
};

const transferCases: Readonly<Record<string, string>> = {
  "wildcards, specifiers and escapes of patterns": String.raw`
MatchPattern=a@@b_@v+@l-%a\x20x%%.raw \
#            ^ value
#             ^^ escape
#               ^^ value
#                 ^^ wildcard
#                   ^ value
#                    ^^ wildcard
#                       ^^ specifier
#                         ^^^^ escape
#                              ^^ escape
#                                     ^ joint
  # the old name
# ^^^^^^^^^^^^^^ comment
  **/b/@v@x
# ^^^ operator
#    ^ value
#     ^ operator
#      ^^ wildcard
#        ^^ !wildcard`,
  "values that are a word": `
Type=url-file
#    ^^^^^^^^ constant
Verify=no
#      ^^ boolean
Path=auto
#    ^^^^ constant
Path=/auto
#     ^^^^ !constant
InstancesMax=2
#            ^ number
PartitionFlags=0x10
#              ^^^^ number
Mode=0644 # x
#         ^^^ !comment`,
  "paths and addresses are one text": `
Path=https://example.com/%a/it's
#    ^^^^^^^^ value
#                        ^^ specifier
#                            ^^^ !quoted
Features="a b" c
#        ^^^^^ quoted
#              ^ value`,
  "placeholders of other tools": `
MatchPattern=@NAME@-@v-{{ x }}.raw
#            ^^^^^^ template
#                   ^^ wildcard
#                      ^^^^^^^ template`,
  "headers and comments": `
[Source] # x
#^^^^^^^ !section
[Source]
#^^^^^^^ section
; Path=x
#^^^^^^^ comment`,
};

test("unit files in VS Code's tokenizer", (t) => checkGrammar(t, "sysext-unit", unitCases));
test("transfers in VS Code's tokenizer", (t) => checkGrammar(t, "sysext-transfer", transferCases));
test("features in VS Code's tokenizer", (t) =>
  checkGrammar(t, "sysext-feature", {
    "are those of transfers": "\n[Feature]\n#^^^^^^^^ section\nEnabled=yes\n#       ^^^ boolean",
  }));
