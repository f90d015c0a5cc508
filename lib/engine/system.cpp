#include <algorithm>
#include <limits>
#include <string_view>

#include "engine/reply.hpp"
#include "engine/request.hpp"

namespace engine {
namespace {

std::string driver_status(const Fields& info, std::string_view wanted) {
    for (auto& [name, value] : info.pairs("DriverStatus")) {
        if (name == wanted) {
            return std::move(value);
        }
    }
    return {};
}

bool is_rootless(const Fields& info) {
    const auto options = info.texts("SecurityOptions");
    return std::ranges::find(options, "name=rootless") != options.end();
}

SystemInfo read_info(const Fields& info) {
    return {
        .cpus = static_cast<int>(info.integer_within("NCPU", 0, std::numeric_limits<int>::max())),
        .storage_driver = info.text("Driver"),
        .backing_filesystem = driver_status(info, "Backing Filesystem"),
        .containerd_store = driver_status(info, "driver-type") == "io.containerd.snapshotter.v1",
        // Where nothing is said, as by an engine that is not Docker's, nothing is known to lack.
        .limits_memory = !info.has("MemoryLimit") || info.flag("MemoryLimit"),
        .limits_cpus = !info.has("CpuCfsQuota") || info.flag("CpuCfsQuota"),
        .rootless = is_rootless(info)};
}

}  // namespace

Call<SystemInfo> api::system_info() {
    auto request = get_request("/info");
    auto decode = decode_object(http::summary(request), read_info);
    return {std::move(request), std::move(decode)};
}

}  // namespace engine
