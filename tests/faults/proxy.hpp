#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "faults/call_log.hpp"
#include "faults/fault.hpp"

namespace faults {

class ProxyConnection;

// Listens on a socket of its own and passes everything on to the engine of DOCKER_HOST, at once and
// as it is, but for one call. Runs on a thread of its own until it goes.
class Proxy {
public:
    explicit Proxy(Fault fault = {});
    Proxy(const Proxy&) = delete;
    Proxy& operator=(const Proxy&) = delete;
    ~Proxy();

    [[nodiscard]] std::string url() const { return "unix://" + socket_path(); }
    [[nodiscard]] const CallLog& log() const { return log_; }

private:
    [[nodiscard]] std::string socket_path() const { return (folder_ / "engine.sock").string(); }
    void serve();

    CallLog log_;
    std::filesystem::path folder_;
    int listening_ = -1;
    int wake_ = -1;  // an eventfd that ends the thread
    std::vector<std::unique_ptr<ProxyConnection>> connections_;
    std::thread thread_;
};

}  // namespace faults
