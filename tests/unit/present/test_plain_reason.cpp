#include "catch.hpp"
#include "present/plain_reason.hpp"

using present::plain_reason;

TEST_CASE("what the runtime says at length is said in plain words") {
    const std::string raw =
        "failed to create task for container: failed to create shim task: OCI runtime create "
        "failed: runc create failed: unable to start container process: exec: \"/bin/nope\": stat "
        "/bin/nope: no such file or directory: unknown";
    CHECK(plain_reason(raw) == "its program, or a folder that it needs, is not in the image");
    CHECK(plain_reason("instances 2 and 3: " + raw) ==
          "instances 2 and 3: its program, or a folder that it needs, is not in the image");
}

TEST_CASE("all else is said as it is") {
    CHECK(plain_reason("").empty());
    CHECK(plain_reason("exit code 7") == "exit code 7");
    CHECK(plain_reason("instance 2: is not there") == "instance 2: is not there");
    CHECK(plain_reason("its check: cat: /ready: no such file or directory") ==
          "its check: cat: /ready: no such file or directory");
    CHECK(plain_reason("instance 1: unhealthy: permission denied") ==
          "instance 1: unhealthy: permission denied");
}
