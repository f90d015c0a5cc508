#include "appliance/fields/linux_names.hpp"

#include <array>

namespace appliance {

std::span<const Signal> signals() {
    static constexpr std::array<Signal, 65> list{
        {{"TERM", 15},     {"INT", 2},       {"QUIT", 3},      {"HUP", 1},       {"KILL", 9},
         {"USR1", 10},     {"USR2", 12},     {"WINCH", 28},    {"ABRT", 6},      {"ALRM", 14},
         {"BUS", 7},       {"CHLD", 17},     {"CLD", 17},      {"CONT", 18},     {"FPE", 8},
         {"ILL", 4},       {"IO", 29},       {"IOT", 6},       {"PIPE", 13},     {"POLL", 29},
         {"PROF", 27},     {"PWR", 30},      {"SEGV", 11},     {"STKFLT", 16},   {"STOP", 19},
         {"SYS", 31},      {"TRAP", 5},      {"TSTP", 20},     {"TTIN", 21},     {"TTOU", 22},
         {"URG", 23},      {"VTALRM", 26},   {"XCPU", 24},     {"XFSZ", 25},     {"RTMIN", 34},
         {"RTMIN+1", 35},  {"RTMIN+2", 36},  {"RTMIN+3", 37},  {"RTMIN+4", 38},  {"RTMIN+5", 39},
         {"RTMIN+6", 40},  {"RTMIN+7", 41},  {"RTMIN+8", 42},  {"RTMIN+9", 43},  {"RTMIN+10", 44},
         {"RTMIN+11", 45}, {"RTMIN+12", 46}, {"RTMIN+13", 47}, {"RTMIN+14", 48}, {"RTMIN+15", 49},
         {"RTMAX-14", 50}, {"RTMAX-13", 51}, {"RTMAX-12", 52}, {"RTMAX-11", 53}, {"RTMAX-10", 54},
         {"RTMAX-9", 55},  {"RTMAX-8", 56},  {"RTMAX-7", 57},  {"RTMAX-6", 58},  {"RTMAX-5", 59},
         {"RTMAX-4", 60},  {"RTMAX-3", 61},  {"RTMAX-2", 62},  {"RTMAX-1", 63},  {"RTMAX", 64}}};
    return list;
}

std::span<const std::string_view> capability_names() {
    static constexpr std::array<std::string_view, 42> names{"ALL",
                                                            "AUDIT_CONTROL",
                                                            "AUDIT_READ",
                                                            "AUDIT_WRITE",
                                                            "BLOCK_SUSPEND",
                                                            "BPF",
                                                            "CHECKPOINT_RESTORE",
                                                            "CHOWN",
                                                            "DAC_OVERRIDE",
                                                            "DAC_READ_SEARCH",
                                                            "FOWNER",
                                                            "FSETID",
                                                            "IPC_LOCK",
                                                            "IPC_OWNER",
                                                            "KILL",
                                                            "LEASE",
                                                            "LINUX_IMMUTABLE",
                                                            "MAC_ADMIN",
                                                            "MAC_OVERRIDE",
                                                            "MKNOD",
                                                            "NET_ADMIN",
                                                            "NET_BIND_SERVICE",
                                                            "NET_BROADCAST",
                                                            "NET_RAW",
                                                            "PERFMON",
                                                            "SETFCAP",
                                                            "SETGID",
                                                            "SETPCAP",
                                                            "SETUID",
                                                            "SYSLOG",
                                                            "SYS_ADMIN",
                                                            "SYS_BOOT",
                                                            "SYS_CHROOT",
                                                            "SYS_MODULE",
                                                            "SYS_NICE",
                                                            "SYS_PACCT",
                                                            "SYS_PTRACE",
                                                            "SYS_RAWIO",
                                                            "SYS_RESOURCE",
                                                            "SYS_TIME",
                                                            "SYS_TTY_CONFIG",
                                                            "WAKE_ALARM"};
    return names;
}

std::span<const std::string_view> default_capability_names() {
    static constexpr std::array<std::string_view, 14> names{
        "AUDIT_WRITE",      "CHOWN",   "DAC_OVERRIDE", "FOWNER", "FSETID",  "KILL",   "MKNOD",
        "NET_BIND_SERVICE", "NET_RAW", "SETFCAP",      "SETGID", "SETPCAP", "SETUID", "SYS_CHROOT"};
    return names;
}

std::span<const std::string_view> ulimit_names() {
    static constexpr std::array<std::string_view, 15> names{
        "core",   "cpu",   "data", "fsize",  "locks",  "memlock",    "msgqueue", "nice",
        "nofile", "nproc", "rss",  "rtprio", "rttime", "sigpending", "stack"};
    return names;
}

}  // namespace appliance
