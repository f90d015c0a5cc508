#include "catch.hpp"
#include "present/runtime_text.hpp"

using present::plain_reason;
using present::shortened;

namespace {

const std::string from_runc =
    "failed to create task for container: failed to create shim task: OCI runtime create failed: "
    "runc create failed: unable to start container process: ";

}  // namespace

TEST_CASE("of what the engine says the first cause is left") {
    CHECK(
        shortened(from_runc + "error during container init: mount /x: not a directory: unknown") ==
        "mount /x: not a directory");
    CHECK(shortened("OCI runtime create failed: container_linux.go:380: starting container process "
                    "caused: process_linux.go:545: container init caused: odd: unknown") == "odd");
    CHECK(shortened("driver failed programming external connectivity on endpoint shop.web.1 (1f): "
                    "Bind for 0.0.0.0:8080 failed") == "Bind for 0.0.0.0:8080 failed");
    CHECK(shortened("it hurts") == "it hurts");
    CHECK(shortened(std::string(500, 'x')) == std::string(199, 'x') + "…");
}

TEST_CASE("a reason has plain words where they are known") {
    CHECK(plain_reason(from_runc + "exec: \"x\": executable file not found in $PATH: unknown") ==
          "its program is not in the image");
    CHECK(plain_reason("instance 2: keeps failing: " + from_runc +
                       "exec: \"/x\": permission denied: unknown") ==
          "instance 2: keeps failing: its program may not be executed");
    CHECK(plain_reason(from_runc + "something odd: unknown") == "something odd");
}

TEST_CASE("a reason that is not the engine's stays as it is") {
    for (const std::string reason :
         {"exit code 7 after 3 tries", "unhealthy: cat: /x: no such file or directory",
          "its check: permission denied", ""}) {
        CHECK(plain_reason(reason) == reason);
    }
}

TEST_CASE("a reason that is not the runtime's is said as it is") {
    CHECK(plain_reason("").empty());
    CHECK(plain_reason("exit code 7") == "exit code 7");
    CHECK(plain_reason("instance 2: is not there") == "instance 2: is not there");
    CHECK(plain_reason("its check: cat: /ready: no such file or directory") ==
          "its check: cat: /ready: no such file or directory");
    CHECK(plain_reason("instance 1: unhealthy: permission denied") ==
          "instance 1: unhealthy: permission denied");
}
