#include "apply/pull_sum.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace apply {
namespace {

// What follows the download of a layer. The numbers that come with these are of another work, with
// the containerd image store they are seconds.
bool is_downloaded(std::string_view status) {
    constexpr std::array<std::string_view, 4> after{"Verifying Checksum", "Download complete",
                                                    "Extracting", "Pull complete"};
    return std::find(after.begin(), after.end(), status) != after.end();
}

}  // namespace

void PullSum::hear(const engine::PullProgress& progress) {
    if (progress.status == "Downloading" && progress.total > 0) {
        set(layers_[progress.id], progress.current, progress.total);
    } else if (const auto layer = layers_.find(progress.id);
               layer != layers_.end() && is_downloaded(progress.status)) {
        set(layer->second, layer->second.total, layer->second.total);
    }
}

void PullSum::end() { current_ = total_; }

void PullSum::set(Layer& layer, std::int64_t current, std::int64_t total) {
    total = std::max(total, layer.total);
    current = std::clamp(current, layer.current, total);
    total_ += total - layer.total;
    current_ += current - layer.current;
    layer = {current, total};
}

}  // namespace apply
