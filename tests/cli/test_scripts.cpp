#include <cstdlib>
#include <filesystem>

#include "catch.hpp"
#include "cli/folder.hpp"

namespace {

// Stands in for a program of the system.
void put_program(const Folder& folder, const std::string& name, const std::string& lines) {
    const std::string path = folder.write(name, "#!/bin/sh\n" + lines + "\n");
    std::filesystem::permissions(path, std::filesystem::perms::owner_all);
}

}  // namespace

TEST_CASE("scripts/hello-image alone installs what it needs") {
    const Folder folder;
    put_program(folder, "dpkg-query", "exit 1");  // nothing is installed
    put_program(folder, "apt-get", "echo \"apt-get $*\"; exit 1");
    put_program(folder, "sudo", "exec \"$@\"");
    const support::Ended ended =
        support::run({{PIVOT_SOURCE_DIR "/scripts/hello-image"},
                      "",
                      {{"PATH", folder.path("") + ":" + std::getenv("PATH")}}});
    CHECK(ended.code == 1);
    CHECK(
        ended.err.starts_with("installing packages: busybox-static curl\n"
                              "apt-get update -q\n"
                              "apt-get install -qy --no-install-recommends busybox-static curl\n"));
}
