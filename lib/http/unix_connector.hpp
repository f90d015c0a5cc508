#pragma once

#include <string>

#include "http/connection.hpp"

namespace http {

// Connects to a Unix socket. A peer that takes no connections at the moment is tried again: nothing
// tells when it does.
class UnixConnector final : public Connector {
public:
    explicit UnixConnector(std::string path) : path_(std::move(path)) {}

    [[nodiscard]] std::unique_ptr<Connection> connect(
        Connection::Clock::time_point at_latest) override;

private:
    std::string path_;
};

}  // namespace http
