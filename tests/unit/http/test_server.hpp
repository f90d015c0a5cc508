#pragma once

#include <atomic>
#include <functional>
#include <string>
#include <thread>
#include <vector>

#include "support/unix_socket.hpp"

// A folder that goes with all that is in it.
class TemporaryFolder {
public:
    TemporaryFolder();
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
    ~TemporaryFolder();
    [[nodiscard]] const std::string& path() const { return path_; }

private:
    std::string path_;
};

// A server on a Unix socket that does with each connection what a test says.
class TestServer {
public:
    // `answer` gets the descriptor of each connection, one thread each, and need not close it.
    explicit TestServer(std::function<void(int connection)> answer);
    TestServer(const TestServer&) = delete;
    TestServer& operator=(const TestServer&) = delete;
    ~TestServer();  // ends the connections that are open

    [[nodiscard]] const std::string& path() const { return path_; }
    [[nodiscard]] int connections() const { return connections_; }

private:
    void serve();

    std::function<void(int)> answer_;
    TemporaryFolder folder_;
    std::string path_;
    int listener_ = -1;
    std::atomic<int> connections_ = 0;
    std::vector<int> open_;  // of the serving thread alone, while it runs
    std::vector<std::thread> answering_;
    std::thread serving_;
};

// Reads one request with its body; empty when the peer has closed.
std::string read_request(int connection);
using support::write_all;
// Answers every request with `ok`, until the peer has closed.
void answer_all(int connection);
// Returns when the peer has closed.
void wait_for_close(int connection);
