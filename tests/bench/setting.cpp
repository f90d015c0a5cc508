#include "bench/setting.hpp"

#include <chrono>
#include <fstream>
#include <regex>
#include <thread>
#include <unistd.h>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "bench/recorder.hpp"
#include "bench/replay.hpp"
#include "support/http_message.hpp"
#include "support/unix_socket.hpp"

namespace bench {
namespace {

void write_file(const std::string& path, const std::string& text) {
    std::ofstream(path, std::ios::binary) << text;
}

std::string first_line(const std::string& text) { return text.substr(0, text.find('\n')); }

}  // namespace

Setting::Setting(Programs programs, std::string socket, std::string folder, int runs)
    : programs_(std::move(programs)),
      socket_(std::move(socket)),
      folder_(std::move(folder)),
      runs_(runs),
      stopwatch_(programs_.measured, folder_) {}

Setting Setting::at(const std::string& socket) const { return {programs_, socket, folder_, runs_}; }

void Setting::write(const Shape& shape) const {
    write_file(document(shape), to_appliance(shape));
    write_file(folder_ + "/" + shape.id + ".compose.json", to_compose(shape));
}

std::string Setting::refusal(const Shape& shape) const {
    const Outcome outcome = stopwatch_.run({programs_.pivot, "validate", document(shape)});
    return outcome.code == 0 ? "" : first_line(outcome.output);
}

std::string Setting::document(const Shape& shape) const {
    return folder_ + "/" + shape.id + ".json";
}

Command Setting::pivot(const Command& words) const {
    Command command = {programs_.pivot, "--host", "unix://" + socket_};
    command.insert(command.end(), words.begin(), words.end());
    return command;
}

Command Setting::up(const Shape& shape, const Command& options) const {
    Command command = pivot({"up", document(shape)});
    command.insert(command.end(), options.begin(), options.end());
    return command;
}

Command Setting::down(const Shape& shape) const {
    return pivot({"down", shape.id, "--if-exists", "--purge"});
}

Command Setting::compose(const Shape& shape, const Command& words) const {
    Command command = {programs_.compose, "-f", folder_ + "/" + shape.id + ".compose.json"};
    command.insert(command.end(), words.begin(), words.end());
    return command;
}

Command Setting::bare_of(const Command& pivot_command, const Shape& shape) const {
    static int scripts = 0;
    const std::string between = folder_ + "/between.sock";
    const std::string script = fmt::format("{}/{}.script", folder_, ++scripts);
    auto known = names();
    Recorder recorder(between, socket_);
    Command command = pivot_command;
    for (std::string& word : command) {
        word = word == "unix://" + socket_ ? "unix://" + between : word;
    }
    stopwatch_.must(command);
    write_file(script, to_text(replay(recorder.calls(), shape, std::move(known))));
    return {programs_.bare, socket_, script};
}

std::string Setting::get(const std::string& target) const {
    const int connection = support::connect_to(socket_);
    support::HttpMessage reply(support::HttpMessage::Kind::reply);
    bool open = support::write_all(connection, "GET " + target + " HTTP/1.1\r\nHost: x\r\n\r\n");
    std::string bytes(65536, '\0');
    while (open && !reply.complete()) {
        const ssize_t count = read(connection, bytes.data(), bytes.size());
        open = count > 0;
        reply.take({bytes.data(), open ? static_cast<std::size_t>(count) : 0});
    }
    close(connection);
    if (!reply.complete() || reply.status() != 200) {
        throw Failed(fmt::format("the engine does not answer GET {}", target));
    }
    return reply.body();
}

std::map<std::string, std::string> Setting::names() const {
    std::map<std::string, std::string> names;
    for (const auto& container : nlohmann::json::parse(get("/containers/json?all=1"))) {
        names[container.at("Id")] = container.at("Names").at(0).get<std::string>().substr(1);
    }
    for (const auto& network : nlohmann::json::parse(get("/networks"))) {
        names[network.at("Id")] = network.at("Name");
    }
    return names;
}

std::string Setting::engine_version() const {
    return nlohmann::json::parse(get("/version")).at("Version");
}

void Setting::wait_until_all_run_for_long() const {
    const std::regex just_started("Up (Less than a|[0-9]) seconds?.*");
    for (bool waits = true; waits;) {
        waits = false;
        for (const auto& container : nlohmann::json::parse(get("/containers/json"))) {
            waits =
                waits || std::regex_match(container.at("Status").get<std::string>(), just_started);
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(waits ? 200 : 0));
    }
}

}  // namespace bench
