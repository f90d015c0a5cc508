#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "engine/types.hpp"

namespace apply {

// How far the pull of an image is, summed over its layers from what the engine says of each.
// Neither number ever gets smaller: a layer that is downloaded once more counts from where it was.
// A layer whose size is not known yet does not count.
class PullSum {
public:
    void hear(const engine::PullProgress& progress);
    // All of it is there, whatever the engine left out.
    void end();

    [[nodiscard]] std::int64_t current() const { return current_; }  // bytes
    [[nodiscard]] std::int64_t total() const { return total_; }      // 0: nothing is known yet

private:
    struct Layer {
        std::int64_t current = 0, total = 0;
    };

    void set(Layer& layer, std::int64_t current, std::int64_t total);

    std::map<std::string, Layer> layers_;
    std::int64_t current_ = 0, total_ = 0;
};

}  // namespace apply
