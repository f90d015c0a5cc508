#pragma once

#include <functional>
#include <optional>
#include <string>
#include <thread>
#include <vector>

// A Unix socket where nobody, or something that is no engine, listens.
class Socket {
public:
    enum class Listening { no, yes };
    // With `reply`, every connection gets that text and is closed.
    Socket(const std::string& path, Listening listening, std::string reply = {});
    // Every connection gets what `answer` says to its request, and is closed. None: it gets nothing
    // and stays open until this goes.
    using Answer = std::function<std::optional<std::string>(const std::string& request)>;
    Socket(const std::string& path, Answer answer);
    Socket(const Socket&) = delete;
    Socket& operator=(const Socket&) = delete;
    ~Socket();

private:
    void listen(Answer answer);
    void serve(const Answer& answer) const;

    int descriptor_ = -1;
    int wake_ = -1;  // an eventfd that ends the thread
    std::thread server_;
};
