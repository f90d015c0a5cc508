#include "appliance/linux_names.hpp"

#include <array>

namespace appliance {

std::span<const std::string_view> signal_names() {
    static constexpr std::array<std::string_view, 65> names{
        "TERM",     "INT",      "QUIT",     "HUP",      "KILL",     "USR1",     "USR2",
        "WINCH",    "ABRT",     "ALRM",     "BUS",      "CHLD",     "CLD",      "CONT",
        "FPE",      "ILL",      "IO",       "IOT",      "PIPE",     "POLL",     "PROF",
        "PWR",      "SEGV",     "STKFLT",   "STOP",     "SYS",      "TRAP",     "TSTP",
        "TTIN",     "TTOU",     "URG",      "VTALRM",   "XCPU",     "XFSZ",     "RTMIN",
        "RTMIN+1",  "RTMIN+2",  "RTMIN+3",  "RTMIN+4",  "RTMIN+5",  "RTMIN+6",  "RTMIN+7",
        "RTMIN+8",  "RTMIN+9",  "RTMIN+10", "RTMIN+11", "RTMIN+12", "RTMIN+13", "RTMIN+14",
        "RTMIN+15", "RTMAX-14", "RTMAX-13", "RTMAX-12", "RTMAX-11", "RTMAX-10", "RTMAX-9",
        "RTMAX-8",  "RTMAX-7",  "RTMAX-6",  "RTMAX-5",  "RTMAX-4",  "RTMAX-3",  "RTMAX-2",
        "RTMAX-1",  "RTMAX"};
    return names;
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
