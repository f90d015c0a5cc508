#include "present/engine_advice.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <span>

#include <fmt/format.h>

namespace present {
namespace {

// `{}` stands for the port or the image that the message is about.
struct Known {
    std::string_view part;  // of the engine's message, in lower case
    std::string_view meaning;
    std::string_view hint;
    std::string_view beside = "";  // what else has to be in the message
};

// The first entry that fits counts.
constexpr std::array known_messages{
    Known{"cannot expose privileged port", "the engine runs without root and may not use {}",
          "use a `host_port` from 1024 on, or allow it on the engine's machine: `sysctl "
          "net.ipv4.ip_unprivileged_port_start={}`"},
    Known{"protocol not supported",
          "the kernel of the engine's machine does not support the protocol of a port (sctp)",
          "load it there with `modprobe sctp`, or leave the port out"},
    Known{"port is already allocated", "another container holds {}",
          "find it with `docker ps --filter publish={}`, or leave out `host_port` and the engine "
          "picks a free one"},
    Known{"address already in use", "a program outside the engine holds {}",
          "find it with `ss -lntup 'sport = :{}'`, or leave out `host_port` and the engine picks a "
          "free one"},
    Known{"cannot assign requested address", "`host_ip` is no address of the engine's machine",
          "leave out `host_ip`, or use an address that `ip address` lists there"},
    Known{"all predefined address pools have been fully subnetted",
          "the engine has no addresses left for another network",
          "free some with `docker network prune`, or give it more: `default-address-pools` in "
          "/etc/docker/daemon.json"},
    Known{"could not find an available, non-overlapping ipv4 address pool",
          "the engine has no addresses left for another network",
          "free some with `docker network prune`, or give it more: `default-address-pools` in "
          "/etc/docker/daemon.json"},
    Known{"no space left on device", "the engine's disk is full",
          "`docker system df` shows what takes the space, `docker image prune` frees some"},
    Known{"error gathering device information", "the engine's machine has no such device",
          "check `devices` against what `ls -l /dev` shows there, or leave it out"},
    Known{"mount a directory onto a file",
          "one of its volumes puts a folder where the image has a file, or a file over a folder",
          "check `src` and `dest` of its `volumes`"},
    Known{"unable to find user", "its `user` is not in the image",
          "use a number, or a user that /etc/passwd of the image has"},
    Known{"argument list too long", "its arguments and environment are too long",
          "one of them may have 128 KiB: put what is longer in a file, and mount that", "exec"},
    Known{"exec format error",
          "its program is made for another processor, or is a script without `#!`",
          "use an image for this machine's processor, or name the script's interpreter in `cmd`"},
    Known{"executable file not found", "its program is not in the image",
          "check `cmd` and `args` against what the image has"},
    Known{"no such file or directory", "its program is not in the image",
          "check `cmd` and `args` against what the image has", "exec: \""},
    Known{"no such file or directory",
          "its program, or the interpreter that its first line names, is not in the image",
          "look at the script's first line: with Windows line ends (CRLF) it names no program",
          "exec /"},
    Known{"no such file or directory",
          "its program, or the interpreter that its first line names, is not in the image",
          "look at the script's first line: with Windows line ends (CRLF) it names no program",
          "exec user process"},
    Known{"no such file or directory",
          "its program, or a folder that it needs, is not in the image",
          "check `cmd` and `args` against what the image has"},
    Known{"permission denied", "its program may not be executed",
          "make the file executable in the image, or name its interpreter in `cmd`", "exec: \""},
    Known{"permission denied", "its program may not be executed",
          "make the file executable in the image, or name its interpreter in `cmd`", "exec /"},
    Known{"minimum memory limit", "its memory limit is too small", "raise `mem`"},
    Known{"range of cpus is from", "its `cpus` are out of range for this engine", "lower `cpus`"},
    Known{"could not select device driver", "the engine has no driver for GPUs",
          "install the NVIDIA Container Toolkit there, or leave out `gpu`"},
    Known{"failed to discover gpu vendor", "the engine has no driver for GPUs",
          "install the NVIDIA Container Toolkit there, or leave out `gpu`"},
    Known{"no such image", "its image went away in the meantime",
          "run `pivot up` again: it pulls what is missing"},
    Known{"already in use by container", "another container has taken its name",
          "run `pivot up` again: it looks at what is there now"},
    Known{"authorization denied by plugin", "an authorization plugin of the engine forbids it",
          "ask who runs the engine for the right"},
};

constexpr std::array known_pull_messages{
    Known{"toomanyrequests", "",
          "nothing was changed; wait a while, or log in with `docker login` and `docker pull {}`"},
    Known{"no matching manifest", "",
          "nothing was changed; use an image that is made for this machine's processor"},
    Known{
        "unauthorized", "",
        "nothing was changed; check the name, or log in with `docker login` and `docker pull {}`"},
    Known{
        "denied", "",
        "nothing was changed; check the name, or log in with `docker login` and `docker pull {}`"},
    Known{"no such host", "",
          "nothing was changed; check the registry's name and the engine's network"},
    Known{"connection refused", "",
          "nothing was changed; check that the registry runs and the engine reaches it"},
    Known{"timeout", "",
          "nothing was changed; check that the registry runs and the engine reaches it"},
    Known{"deadline exceeded", "",
          "nothing was changed; check that the registry runs and the engine reaches it"},
    Known{"network is unreachable", "", "nothing was changed; check the engine's network"},
    Known{"server gave http response to https client", "",
          "nothing was changed; name the registry under `insecure-registries` in "
          "/etc/docker/daemon.json"},
    Known{"no space left on device", "",
          "nothing was changed; `docker image prune` frees some space"},
};

const Known* find(std::span<const Known> table, std::string_view message) {
    std::string lower(message);
    std::transform(lower.begin(), lower.end(), lower.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    const auto found = std::find_if(table.begin(), table.end(), [&](const Known& known) {
        return lower.find(known.part) != std::string::npos &&
               lower.find(known.beside) != std::string::npos;
    });
    return found == table.end() ? nullptr : &*found;
}

// `failed to bind host port for 0.0.0.0:8080:172.18.0.2:80/tcp: …`, as engines from 28 on say, cut
// behind the host's port; the message as it is where it says nothing like that.
std::string_view without_container_port(std::string_view message) {
    constexpr std::string_view beginning = "bind host port ";
    const std::size_t at = message.find(beginning);
    if (at == std::string_view::npos) {
        return message;
    }
    std::string_view address = message.substr(at + beginning.size());
    if (constexpr std::string_view of_both = "for "; address.starts_with(of_both)) {
        address.remove_prefix(of_both.size());
    }
    const std::size_t colon = address.find(':', address.starts_with('[') ? address.find(']') : 0);
    return address.substr(0, address.find_first_not_of("0123456789", colon + 1));
}

// The port in `Bind for 0.0.0.0:8080 failed` and `listen tcp4 0.0.0.0:8080: bind: …`: the last
// digits behind a colon. Empty where there are none.
std::string_view port_in(std::string_view message) {
    message = without_container_port(message);
    std::string_view port;
    for (std::size_t colon = message.find(':'); colon != std::string_view::npos;
         colon = message.find(':', colon + 1)) {
        std::size_t end = colon + 1;
        while (end < message.size() &&
               std::isdigit(static_cast<unsigned char>(message[end])) != 0) {
            ++end;
        }
        if (end > colon + 1) {
            port = message.substr(colon + 1, end - colon - 1);
        }
    }
    return port;
}

std::string fill_in(std::string_view text, std::string_view value) {
    std::string filled(text);
    if (const auto at = filled.find("{}"); at != std::string::npos) {
        filled.replace(at, 2, value);
    }
    return filled;
}

}  // namespace

std::optional<Advice> advice_on(std::string_view engine_message) {
    const Known* known = find(known_messages, engine_message);
    if (known == nullptr) {
        return std::nullopt;
    }
    const std::string_view port = port_in(engine_message);
    return Advice{
        fill_in(known->meaning, port.empty() ? "its host port" : fmt::format("host port {}", port)),
        fill_in(known->hint, port.empty() ? "PORT" : port)};
}

// "exec /entry.sh: no such file or directory" is from runc, "[FATAL tini (7)] exec /entry.sh
// failed: …" from the engine's init, "exec user process caused: …" from runc before 1.1.
std::optional<Advice> advice_on_exit(int code, const std::vector<std::string>& last_log_lines) {
    const bool may_be_the_starter = code == 1 || code == 126 || code == 127 || code == 255;
    if (!may_be_the_starter || last_log_lines.empty()) {
        return std::nullopt;
    }
    const std::string_view line = last_log_lines.back();
    const bool is_the_starter = line.starts_with("exec /") || line.starts_with("[FATAL tini") ||
                                line.find("exec user process caused") != std::string_view::npos;
    if (!is_the_starter) {
        return std::nullopt;
    }
    return advice_on(line);
}

std::string hint_on_pull(std::string_view message, const std::string& image) {
    const Known* known = find(known_pull_messages, message);
    return known == nullptr ? "nothing was changed; check the name and the tag"
                            : fill_in(known->hint, image);
}

}  // namespace present
