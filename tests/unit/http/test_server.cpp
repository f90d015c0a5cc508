#include "test_server.hpp"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <stdexcept>
#include <sys/socket.h>
#include <unistd.h>

TemporaryFolder::TemporaryFolder() : path_("/tmp/pivot-test-XXXXXX") {
    if (mkdtemp(path_.data()) == nullptr) {
        throw std::runtime_error("no temporary folder");
    }
}

TemporaryFolder::~TemporaryFolder() { std::filesystem::remove_all(path_); }

TestServer::TestServer(std::function<void(int)> answer)
    : answer_(std::move(answer)),
      path_(folder_.path() + "/socket"),
      listener_(support::listen_at(path_)),
      serving_([this] { serve(); }) {}

TestServer::~TestServer() {
    shutdown(listener_, SHUT_RDWR);  // ends `accept`
    serving_.join();
    for (const int connection : open_) {
        shutdown(connection, SHUT_RDWR);
    }
    for (auto& thread : answering_) {
        thread.join();
    }
    for (const int connection : open_) {
        close(connection);
    }
    close(listener_);
}

void TestServer::serve() {
    while (true) {
        const int connection = accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
        if (connection < 0) {
            return;
        }
        ++connections_;
        open_.push_back(connection);
        answering_.emplace_back([this, connection] {
            answer_(connection);
            shutdown(connection, SHUT_RDWR);
        });
    }
}

std::string read_request(int connection) {
    std::string request;
    char byte = 0;
    while (!request.ends_with("\r\n\r\n")) {
        if (read(connection, &byte, 1) != 1) {
            return {};
        }
        request += byte;
    }
    const std::string length_header = "Content-Length: ";
    if (const auto found = request.find(length_header); found != std::string::npos) {
        const auto length = std::stoul(request.substr(found + length_header.size()));
        for (std::size_t count = 0; count < length && read(connection, &byte, 1) == 1; ++count) {
            request += byte;
        }
    }
    return request;
}

void answer_all(int connection) {
    while (!read_request(connection).empty()) {
        write_all(connection, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
    }
}

void wait_for_close(int connection) {
    char bytes[256];
    while (read(connection, bytes, sizeof bytes) > 0) {
    }
}
