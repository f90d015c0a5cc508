#include "http/json_values.hpp"

#include <utility>

namespace http {
namespace {

bool is_space(char byte) { return byte == ' ' || byte == '\t' || byte == '\r' || byte == '\n'; }

bool opens(char byte) { return byte == '{' || byte == '['; }

}  // namespace

// Only numbers and words do not show their own end.
bool JsonValues::ends_before(char byte) const {
    return place_ == Place::scalar && (is_space(byte) || opens(byte) || byte == '"');
}

void JsonValues::step(char byte) {
    switch (place_) {
        case Place::escape: place_ = Place::string; return;
        case Place::string:
            if (byte == '\\') {
                place_ = Place::escape;
            } else if (byte == '"') {
                place_ = depth_ == 0 ? Place::between : Place::nested;
            }
            return;
        case Place::between:
        case Place::nested:
            if (opens(byte)) {
                ++depth_;
                place_ = Place::nested;
            } else if (byte == '"') {
                place_ = Place::string;
            } else if (depth_ == 0) {
                place_ = Place::scalar;
            } else if (byte == '}' || byte == ']') {
                --depth_;
                place_ = depth_ == 0 ? Place::between : Place::nested;
            }
            return;
        case Place::scalar: return;
    }
}

std::vector<std::string> JsonValues::take(std::string_view bytes) {
    std::vector<std::string> values;
    const auto finish = [&] {
        values.push_back(std::exchange(value_, {}));
        place_ = Place::between;
    };
    for (const char byte : bytes) {
        if (overflowed_) {
            break;
        }
        if (ends_before(byte)) {
            finish();
        }
        if (place_ == Place::between && is_space(byte)) {
            continue;
        }
        step(byte);
        value_ += byte;
        if (value_.size() > max_bytes_) {
            overflowed_ = true;
            value_ = {};
        } else if (place_ == Place::between) {
            finish();
        }
    }
    return values;
}

}  // namespace http
