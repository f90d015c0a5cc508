#include <limits>

#include "engine/reply.hpp"
#include "engine/request.hpp"

namespace engine {
namespace {

std::string backing_filesystem(const Fields& info) {
    for (auto& [name, value] : info.pairs("DriverStatus")) {
        if (name == "Backing Filesystem") {
            return std::move(value);
        }
    }
    return {};
}

SystemInfo read_info(const Fields& info) {
    return {
        .cpus = static_cast<int>(info.integer_within("NCPU", 0, std::numeric_limits<int>::max())),
        .storage_driver = info.text("Driver"),
        .backing_filesystem = backing_filesystem(info)};
}

}  // namespace

Call<SystemInfo> api::system_info() {
    auto request = get_request("/info");
    auto decode = decode_object(http::summary(request), read_info);
    return {std::move(request), std::move(decode)};
}

}  // namespace engine
