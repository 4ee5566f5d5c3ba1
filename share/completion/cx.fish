# SPDX-License-Identifier: GPL-3.0-or-later
#
# Completion of fish for the programs of cx, which are asked what may follow:
# see libcx/cli/complete.h. What stands behind the cursor fish does not tell.

function __cx_complete
    set -l before (commandline -opc)
    set -l cur (commandline -ct | string unescape)
    set -l program $before[1]
    set -l lines ($program --complete (count $before) $before[2..-1] \
        "$cur" 2>/dev/null </dev/null)
    set -l how (string split \t -- $lines[1])
    set -l rest (string sub -s (math (string length -- "$how[2]") + 1) -- "$cur")
    set -e lines[1]
    switch $how[1]
        case files
            for file in (__fish_complete_path $rest)
                printf '%s%s\n' "$how[2]" $file
            end
        case folders
            for folder in (__fish_complete_directories $rest)
                printf '%s%s\n' "$how[2]" $folder
            end
        case '*'
            for line in $lines
                printf '%s%s\n' "$how[2]" $line
            end
    end
end

complete -c @PROGRAMS@ -f -k -a '(__cx_complete)'
