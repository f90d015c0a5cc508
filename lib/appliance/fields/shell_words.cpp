#include "appliance/fields/shell_words.hpp"

namespace appliance {
namespace {

bool is_shell_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

// Within double quotes a backslash is itself before anything but these.
bool is_escaped_in_quotes(char c) { return c == '"' || c == '\\' || c == '$' || c == '`'; }

class WordSplitter {
public:
    explicit WordSplitter(std::string_view line) : line_(line) {}

    tl::expected<std::vector<std::string>, ShellFault> split() {
        for (; at_ < line_.size(); ++at_) {
            const char c = line_[at_];
            if (is_shell_blank(c)) {
                end_word();
            } else if (c == '\'' || c == '"') {
                if (!take_quoted(c)) {
                    return tl::unexpected(ShellFault::open_quote);
                }
            } else if (c == '\\') {
                if (++at_ == line_.size()) {
                    return tl::unexpected(ShellFault::trailing_backslash);
                }
                add(line_[at_]);
            } else {
                add(c);
            }
        }
        end_word();
        return std::move(words_);
    }

private:
    void add(char c) {
        word_ += c;
        in_word_ = true;
    }

    void end_word() {
        if (in_word_) {
            words_.push_back(std::move(word_));
            word_.clear();
            in_word_ = false;
        }
    }

    // From the opening quote to the closing one; false when there is none.
    bool take_quoted(char quote) {
        in_word_ = true;  // "" is a word
        for (++at_; at_ < line_.size(); ++at_) {
            if (line_[at_] == quote) {
                return true;
            }
            const bool is_escape = quote == '"' && line_[at_] == '\\' && at_ + 1 < line_.size() &&
                                   is_escaped_in_quotes(line_[at_ + 1]);
            word_ += line_[is_escape ? ++at_ : at_];
        }
        return false;
    }

    std::string_view line_;
    std::size_t at_ = 0;
    std::vector<std::string> words_;
    std::string word_;
    bool in_word_ = false;
};

}  // namespace

tl::expected<std::vector<std::string>, ShellFault> shell_words(std::string_view line) {
    return WordSplitter(line).split();
}

}  // namespace appliance
