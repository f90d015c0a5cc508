#pragma once

#include <string>
#include <thread>
#include <vector>

// A Unix socket where nobody, or something that is no engine, listens.
class Socket {
public:
    enum class Listening { no, yes };
    // With `reply`, every connection gets that text and is closed.
    Socket(const std::string& path, Listening listening, std::string reply = {});
    Socket(const Socket&) = delete;
    Socket& operator=(const Socket&) = delete;
    ~Socket();

private:
    void serve(const std::string& reply) const;

    int descriptor_ = -1;
    int wake_ = -1;  // an eventfd that ends the thread
    std::thread server_;
};
