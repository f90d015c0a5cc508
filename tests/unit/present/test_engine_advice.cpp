#include "catch.hpp"
#include "present/engine_advice.hpp"

using present::advice_on;
using present::hint_on_pull;

TEST_CASE("the port is found in what each of the engine's layers says") {
    CHECK(advice_on("driver failed programming external connectivity on endpoint shop.web.1 "
                    "(1f): Bind for 0.0.0.0:8080 failed: port is already allocated")
              ->meaning == "another container holds host port 8080");
    CHECK(advice_on("listen tcp4 0.0.0.0:53: bind: address already in use")->hint ==
          "find it with `ss -lntup 'sport = :53'`, or leave out `host_port` and the engine picks a "
          "free one");
    CHECK(advice_on("listen udp6 [::]:53: bind: address already in use")->meaning ==
          "a program outside the engine holds host port 53");
    CHECK(advice_on("port is already allocated")->meaning ==
          "another container holds its host port");
}

TEST_CASE("the port is the host's where newer engines also name the container's") {
    const auto meaning = [](const std::string& reason) {
        return advice_on(
                   "failed to set up container networking: driver failed programming "
                   "external connectivity on endpoint shop.web.1 (1f): " +
                   reason)
            ->meaning;
    };
    CHECK(meaning("Bind for 0.0.0.0:8080 failed: port is already allocated") ==
          "another container holds host port 8080");
    CHECK(meaning("Bind for :::8080 failed: port is already allocated") ==
          "another container holds host port 8080");
    for (const char* address :
         {"for 0.0.0.0:8080:172.18.0.2:80/tcp", "for [::]:8080:[fd00::2]:80/tcp",
          "0.0.0.0:8080/tcp", "[::]:8080/tcp", "for 127.0.0.1:8080:172.18.0.2:80/tcp"}) {
        INFO(address);
        CHECK(meaning(std::string("failed to bind host port ") + address +
                      ": address already in use") ==
              "a program outside the engine holds host port 8080");
    }
}

TEST_CASE("a device that the machine lacks is not taken for a program that the image lacks") {
    const present::Advice device{
        "the engine's machine has no such device",
        "check `devices` against what `ls -l /dev` shows there, or leave it out"};
    CHECK(advice_on("error gathering device information while adding custom device "
                    "\"/dev/nowhere\": no such file or directory") == device);
    CHECK(advice_on("error gathering device information while adding custom device "
                    "\"/etc/passwd\": not a device node") == device);
}

TEST_CASE("well-known refusals are explained") {
    CHECK(advice_on("OCI runtime create failed: runc create failed: exec: \"sparkle\": executable "
                    "file not found in "
                    "$PATH: unknown")
              ->meaning == "its program is not in the image");
    CHECK(advice_on("exec /bin/x: exec format error")->meaning ==
          "its program is made for another processor, or is a script without `#!`");
    CHECK(advice_on("mkdir /var/lib/docker/x: no space left on device")->meaning ==
          "the engine's disk is full");
    CHECK(advice_on("Minimum memory limit allowed is 6MB")->hint == "raise `mem`");
    CHECK_FALSE(advice_on("something that nobody has seen before"));
}

TEST_CASE("a rootless engine that may not use a port is not taken for a file that may not be run") {
    CHECK(advice_on("driver failed programming external connectivity on endpoint h.h.1 (1f): error "
                    "while calling RootlessKit PortManager.AddPort(): cannot expose privileged "
                    "port 80, you can add 'net.ipv4.ip_unprivileged_port_start=80' to "
                    "/etc/sysctl.conf (currently 1024), or set CAP_NET_BIND_SERVICE on rootlesskit "
                    "binary, or choose a larger port number (>= 1024): listen tcp4 0.0.0.0:80: "
                    "bind: permission denied") ==
          present::Advice{"the engine runs without root and may not use host port 80",
                          "use a `host_port` from 1024 on, or allow it on the engine's machine: "
                          "`sysctl net.ipv4.ip_unprivileged_port_start=80`"});
    CHECK_FALSE(advice_on("mkdir /data: permission denied"));
    CHECK(advice_on("OCI runtime create failed: runc create failed: unable to start container "
                    "process: exec: \"/noexec.sh\": permission denied: unknown")
              ->meaning == "its program may not be executed");
}

TEST_CASE("a port whose protocol the kernel lacks is told of") {
    CHECK(advice_on("driver failed programming external connectivity on endpoint ce.ns.1 (bf): "
                    "Error starting userland proxy: protocol not supported") ==
          present::Advice{
              "the kernel of the engine's machine does not support the protocol of a port (sctp)",
              "load it there with `modprobe sctp`, or leave the port out"});
}

TEST_CASE("who could not begin a program says why in the log") {
    using present::advice_on_exit;
    const auto meaning = [](int code, const std::string& line) {
        const auto advice = advice_on_exit(code, {"something before", line});
        return advice ? advice->meaning : "";
    };
    const std::string interpreter =
        "its program, or the interpreter that its first line names, is not in the image";
    const std::string processor =
        "its program is made for another processor, or is a script without `#!`";
    CHECK(meaning(1, "exec /crlf.sh: no such file or directory") == interpreter);
    CHECK(meaning(255, "exec /garbage: exec format error") == processor);
    CHECK(meaning(127, "[FATAL tini (7)] exec /crlf.sh failed: No such file or directory") ==
          interpreter);
    CHECK(meaning(126, "[FATAL tini (7)] exec /x failed: Permission denied") ==
          "its program may not be executed");
    CHECK(meaning(1,
                  "standard_init_linux.go:228: exec user process caused: no such file or "
                  "directory") == interpreter);
    CHECK(meaning(3, "exec /crlf.sh: no such file or directory").empty());
    CHECK(meaning(1, "cannot open /data: no such file or directory").empty());
    CHECK_FALSE(advice_on_exit(1, {}));
}

TEST_CASE("why a pull failed decides what to do about it") {
    CHECK(hint_on_pull("manifest unknown", "shop:2") ==
          "nothing was changed; check the name and the tag");
    CHECK(hint_on_pull("toomanyrequests: You have reached your pull rate limit", "shop:2") ==
          "nothing was changed; wait a while, or log in with `docker login` and `docker pull "
          "shop:2`");
    CHECK(hint_on_pull("Get \"https://registry/v2/\": dial tcp: lookup registry: no such host",
                       "registry/shop") ==
          "nothing was changed; check the registry's name and the engine's network");
    CHECK(
        hint_on_pull(
            "pull access denied for shop, repository does not exist or may require 'docker login'",
            "shop") ==
        "nothing was changed; check the name, or log in with `docker login` and `docker pull "
        "shop`");
}

TEST_CASE("a missing driver for GPUs is told of, whichever way the engine says it") {
    for (const char* message :
         {"could not select device driver \"\" with capabilities: [[gpu]]",
          "failed to discover GPU vendor from CDI: no known GPU vendor found"}) {
        INFO(message);
        REQUIRE(advice_on(message));
        CHECK(advice_on(message)->meaning == "the engine has no driver for GPUs");
    }
}
