#pragma once

#include <string>
#include <utility>

#include "engine/error.hpp"

namespace engine {

// Where an engine is: `unix:///var/run/docker.sock` (or a plain absolute path).
class Address {
public:
    // Unreachable::unusable_address for another scheme, a relative path, or one of more than 107
    // bytes, which is what a Unix socket's address holds.
    static Result<Address> parse(const std::string& url);

    [[nodiscard]] const std::string& url() const { return url_; }  // as it was given
    [[nodiscard]] const std::string& socket_path() const { return path_; }

private:
    Address(std::string url, std::string path) : url_(std::move(url)), path_(std::move(path)) {}

    std::string url_;
    std::string path_;
};

}  // namespace engine
