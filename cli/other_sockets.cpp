#include "cli/other_sockets.hpp"

#include <algorithm>
#include <sys/stat.h>
#include <unistd.h>

#include <fmt/format.h>

namespace cli {
namespace {

bool is_socket(const std::string& path) {
    struct stat status {};
    return ::stat(path.c_str(), &status) == 0 && S_ISSOCK(status.st_mode);
}

}  // namespace

std::vector<std::string> other_sockets(const Environment& environment) {
    std::vector<std::string> found;
    const auto look_at = [&](const std::string& path) {
        if (is_socket(path) && std::find(found.begin(), found.end(), path) == found.end()) {
            found.push_back(path);
        }
    };
    if (!environment.runtime_folder.empty()) {
        look_at(environment.runtime_folder + "/docker.sock");
    }
    look_at(fmt::format("/run/user/{}/docker.sock", ::getuid()));
    if (!environment.home.empty()) {
        look_at(environment.home + "/.docker/run/docker.sock");
        look_at(environment.home + "/.docker/desktop/docker.sock");
    }
    return found;
}

}  // namespace cli
