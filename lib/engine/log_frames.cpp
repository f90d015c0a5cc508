#include "engine/log_frames.hpp"

#include <utility>

namespace engine {
namespace {

constexpr std::size_t header_size = 8;
constexpr unsigned char highest_stream = 3;  // stdin, stdout, stderr, the engine's own errors

bool could_be_header(std::string_view start) {
    return static_cast<unsigned char>(start.front()) <= highest_stream &&
           start.substr(1, 3).find_first_not_of('\0') == std::string_view::npos;
}

std::uint32_t length_in(std::string_view header) {
    std::uint32_t length = 0;
    for (const char byte : header.substr(4)) {
        length = length << 8 | static_cast<unsigned char>(byte);
    }
    return length;
}

}  // namespace

std::string LogFrames::take(std::string_view bytes) {
    std::string text;
    while (!bytes.empty()) {
        if (shape_ == Shape::raw) {
            text += bytes;
            break;
        }
        if (text_left_ > 0) {
            const auto part = bytes.substr(0, text_left_);
            text += part;
            text_left_ -= static_cast<std::uint32_t>(part.size());
            bytes.remove_prefix(part.size());
            continue;
        }
        const auto part = bytes.substr(0, header_size - header_.size());
        header_ += part;
        bytes.remove_prefix(part.size());
        if (shape_ == Shape::unknown && !could_be_header(header_)) {
            shape_ = Shape::raw;
            text += std::exchange(header_, {});
        } else if (header_.size() == header_size) {
            shape_ = Shape::framed;
            text_left_ = length_in(std::exchange(header_, {}));
        }
    }
    return text;
}

std::string LogFrames::finish() {
    return shape_ == Shape::unknown ? std::exchange(header_, {}) : std::string();
}

LogFrames::Shape log_shape(std::string_view content_type) {
    return content_type == "application/vnd.docker.multiplexed-stream" ? LogFrames::Shape::framed
                                                                       : LogFrames::Shape::unknown;
}

}  // namespace engine
